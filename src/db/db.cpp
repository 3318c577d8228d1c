// What both databases share: cells, rows, transactions, and the choice between them by URL.
#include "db/db.h"

#include <fmt/format.h>

#include <utility>

#include "base/text.h"
#include "db/database_url.h"
#include "db/postgres/postgres_db.h"
#include "db/sqlite/sqlite_db.h"

namespace rolecall {
Table& Table::Text(std::string_view value) {
  cells_.emplace_back(Mend(std::string(value)).text);
  return *this;
}

Table& Table::Int(std::int64_t value) {
  cells_.emplace_back(fmt::format("{}", value));
  return *this;
}

Table& Table::Time(Timestamp value) {
  cells_.emplace_back(ToIso(value));
  return *this;
}

Table& Table::Null() {
  cells_.emplace_back();
  return *this;
}

std::optional<Timestamp> Row::MaybeTime(int column) const {
  return IsNull(column) ? std::nullopt : FromIso(Text(column));
}

Transaction::~Transaction() {
  if (connection_) connection_->Rollback();
}

Result<void> Transaction::Commit() {
  auto connection = std::move(connection_);
  auto done = connection->Commit();
  if (!done) connection->Rollback();
  return done;
}

Result<Transaction> Database::Write() {
  TRY(auto connection, Writer());
  CHECK_OK(connection->Begin());
  return Transaction(std::move(connection));
}

Result<std::unique_ptr<Database>> OpenDatabase(std::string_view url) {
  TRY(const DatabaseUrl named, ReadDatabaseUrl(url));
  switch (named.dialect) {
    case Dialect::kSqlite:
      return OpenSqlite(named.file);
    case Dialect::kPostgres:
      return OpenPostgres(std::string(url));
  }
  std::unreachable();
}

}  // namespace rolecall
