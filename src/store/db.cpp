// What both databases share: cells, rows, transactions, and the choice between them by URL.
#include "store/db.h"

#include <fmt/format.h>

#include "store/postgres_db.h"
#include "store/sqlite_db.h"

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

std::optional<std::int64_t> Row::MaybeInt(int column) const {
  return IsNull(column) ? std::nullopt : std::optional(Int(column));
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
  if (url.starts_with("sqlite:")) {
    std::string_view path = url.substr(7);
    if (path.starts_with("///")) path.remove_prefix(2);
    if (path.empty() || path.find('\0') != std::string_view::npos ||
        path.find('?') != std::string_view::npos)
      return Fail(Errc::kInvalidInput,
                  "DATABASE_URL names no file: write sqlite:PATH, such as sqlite:rolecall.db");
    return OpenSqlite(std::string(path));
  }
  if (url.starts_with("postgresql://") || url.starts_with("postgres://"))
    return OpenPostgres(std::string(url));
  return Fail(Errc::kInvalidInput,
              fmt::format("DATABASE_URL must begin with sqlite: or postgresql://, and is \"{}\"",
                          MaskedUrl(url.substr(0, 120))));
}

std::string MaskedUrl(std::string_view url) {
  std::string masked(url);
  const auto scheme = masked.find("://");
  const auto start = scheme == std::string::npos ? 0 : scheme + 3;
  const auto at = masked.rfind('@');
  const auto colon = masked.find(':', start);
  if (scheme != std::string::npos && at != std::string::npos && colon != std::string::npos &&
      colon < at)
    masked.replace(colon + 1, at - colon - 1, "***");
  const auto parameter = masked.find("password=");
  if (parameter != std::string::npos) {
    const auto end = masked.find('&', parameter);
    masked.replace(parameter + 9, (end == std::string::npos ? masked.size() : end) - parameter - 9,
                   "***");
  }
  return masked;
}

}  // namespace rolecall
