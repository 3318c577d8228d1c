// A connection over libpq, and the pool of them; many rows travel by COPY.
#include "db/postgres/postgres_db.h"

#include <fmt/format.h>

#include <charconv>
#include <string_view>

#include "db/connection_pool.h"
#include "db/database_url.h"
#include "db/dialect.h"
#include "db/postgres/postgres_listener.h"
#include "db/postgres/postgres_session.h"
#include "db/postgres/postgres_statements.h"

namespace rolecall {
namespace {

constexpr std::size_t kConnections = 16;

class PostgresRow : public Row {
 public:
  PostgresRow(const PGresult* answer, int row) : answer_(answer), row_(row) {}
  bool IsNull(int column) const override { return PQgetisnull(answer_, row_, column) == 1; }
  std::int64_t Int(int column) const override {
    const std::string_view text = Text(column);
    std::int64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
  }
  double Real(int column) const override {
    const std::string_view text = Text(column);
    double value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
  }
  bool Bool(int column) const override { return Text(column) == "t"; }
  std::string_view Text(int column) const override {
    return {PQgetvalue(answer_, row_, column),
            static_cast<std::size_t>(PQgetlength(answer_, row_, column))};
  }
  std::string Bytes(int column) const override {
    std::string_view hex = Text(column);
    std::string bytes;
    if (!hex.starts_with("\\x")) return bytes;
    for (hex.remove_prefix(2); hex.size() >= 2; hex.remove_prefix(2)) {
      unsigned byte = 0;
      std::from_chars(hex.data(), hex.data() + 2, byte, 16);
      bytes += static_cast<char>(byte);
    }
    return bytes;
  }

 private:
  const PGresult* answer_;
  int row_;
};

// COPY's text format: backslash escapes, \N for NULL.
void AppendCopyRow(std::string& lines, const Table& rows, std::size_t row) {
  for (std::size_t column = 0; column < rows.columns(); ++column) {
    if (column > 0) lines += '\t';
    const auto& cell = rows.cell(row, column);
    if (!cell) {
      lines += "\\N";
      continue;
    }
    for (const char c : *cell) switch (c) {
        case '\\':
          lines += "\\\\";
          break;
        case '\n':
          lines += "\\n";
          break;
        case '\r':
          lines += "\\r";
          break;
        case '\t':
          lines += "\\t";
          break;
        default:
          lines += c;
      }
  }
  lines += '\n';
}

class PostgresConnection : public Connection {
 public:
  explicit PostgresConnection(PostgresSession session)
      : session_(std::move(session)), statements_(session_) {}

  bool IsSound() const {
    return session_.IsAlive() && PQtransactionStatus(session_.get()) == PQTRANS_IDLE && !holds_ids_;
  }

  Result<std::int64_t> Run(Sql sql, const Binds& binds) override {
    TRY(const auto answer, statements_.Ask(sql, binds));
    const std::string_view written(PQcmdTuples(answer.get()));
    std::int64_t rows = 0;
    std::from_chars(written.data(), written.data() + written.size(), rows);
    return rows;
  }

  Result<std::int64_t> Each(Sql sql, const Binds& binds, const RowReader& read) override {
    TRY(const auto answer, statements_.Ask(sql, binds));
    const int rows = PQntuples(answer.get());
    for (int row = 0; row < rows; ++row) read(PostgresRow(answer.get(), row));
    return rows;
  }

  Result<void> RunScript(Sql sql) override {
    return session_.Script(PrepareText(sql.text(), Dialect::kPostgres).text);
  }

  Result<void> InsertMany(Sql table, Sql columns, const Table& rows) override {
    const std::string copy = fmt::format("COPY {} ({}) FROM STDIN", table.text(), columns.text());
    const AnswerHandle begun(PQexec(session_.get(), copy.c_str()));
    if (PQresultStatus(begun.get()) != PGRES_COPY_IN) return session_.Refused(begun.get());
    constexpr std::size_t kChunk = 1 << 18;
    std::string lines;
    for (std::size_t row = 0; row < rows.rows(); ++row) {
      AppendCopyRow(lines, rows, row);
      if (lines.size() < kChunk && row + 1 < rows.rows()) continue;
      if (PQputCopyData(session_.get(), lines.data(), static_cast<int>(lines.size())) != 1)
        return session_.Refused(nullptr);
      lines.clear();
    }
    if (PQputCopyEnd(session_.get(), nullptr) != 1) return session_.Refused(nullptr);
    Result<void> outcome;
    while (const AnswerHandle answer{PQgetResult(session_.get())})
      if (PQresultStatus(answer.get()) != PGRES_COMMAND_OK && outcome)
        outcome = session_.Refused(answer.get());
    return outcome;
  }

  Result<std::int64_t> ReserveIds(Sql table, std::int64_t count) override {
    // Held for one statement only, so that first readings of several boards are still written side
    // by side. A range is taken by moving the sequence, which two at once would otherwise do over
    // each other.
    CHECK_OK(Run("SELECT pg_advisory_lock(hashtext('rolecall ids'))", {}));
    holds_ids_ = true;
    std::int64_t last = 0;
    auto moved = Each(
        R"(
        SELECT setval(
            pg_get_serial_sequence(:table, 'id'),
            nextval(pg_get_serial_sequence(:table, 'id')) + :more))",
        {{"table", table.text()}, {"more", count - 1}}, [&](const Row& row) { last = row.Int(0); });
    CHECK_OK(std::move(moved));
    CHECK_OK(Run("SELECT pg_advisory_unlock(hashtext('rolecall ids'))", {}));
    holds_ids_ = false;
    return last - count + 1;
  }

  Result<Timestamp> DatabaseNow() override {
    TRY(auto now, QueryOne(*this, "SELECT date_trunc('milliseconds', clock_timestamp())", {},
                           [](const Row& row) { return row.Time(0); }));
    if (!now) return Fail(Errc::kStorage, "the database told no time");
    return *now;
  }

  Result<void> Notify(Sql channel, std::string_view payload) override {
    CHECK_OK(Run("SELECT pg_notify(:channel, :payload)",
                 {{"channel", channel.text()}, {"payload", payload}}));
    return {};
  }

 protected:
  Result<void> Begin() override { return session_.Script("BEGIN"); }
  Result<void> Commit() override {
    // A transaction that failed inside answers COMMIT with ROLLBACK, as if all were well.
    const AnswerHandle answer(PQexec(session_.get(), "COMMIT"));
    if (PQresultStatus(answer.get()) != PGRES_COMMAND_OK) return session_.Refused(answer.get());
    if (std::string_view(PQcmdStatus(answer.get())) != "COMMIT")
      return Fail(Errc::kStorage,
                  fmt::format("the database {}: a transaction was rolled back instead of committed",
                              session_.shown()));
    return {};
  }
  void Rollback() override {
    if (PQtransactionStatus(session_.get()) == PQTRANS_IDLE) return;
    // In one message, so that a pooler brings both to the session that holds the lock.
    const auto ended =
        session_.Script(holds_ids_ ? "ROLLBACK; SELECT pg_advisory_unlock_all()" : "ROLLBACK");
    if (ended) holds_ids_ = false;
  }

 private:
  PostgresSession session_;
  PostgresStatements statements_;
  // A lock of the session, which a transaction that is rolled back does not give back by itself.
  bool holds_ids_ = false;
};

Result<std::unique_ptr<Connection>> Connect(const std::string& url) {
  TRY(auto session, PostgresSession::Open(url));
  return std::make_unique<PostgresConnection>(std::move(session));
}

class PostgresDatabase : public Database {
 public:
  explicit PostgresDatabase(const std::string& url)
      : url_(url),
        pool_(
            kConnections, [url] { return Connect(url); },
            [](Connection& one) { return static_cast<PostgresConnection&>(one).IsSound(); }) {}

  Dialect dialect() const override { return Dialect::kPostgres; }
  Result<ConnectionHandle> Reader() override { return pool_.Take(); }
  Result<std::unique_ptr<Listener>> Listen(std::vector<Sql> channels) override {
    return ListenOnPostgres(url_, std::move(channels));
  }

 protected:
  Result<ConnectionHandle> Writer() override { return pool_.Take(); }

 private:
  const std::string url_;
  ConnectionPool pool_;
};

}  // namespace

namespace {

// Whether libpq can read the URL. What it finds out only when it connects, and then repeats, is
// looked at too: a port that is no number, and a host with the end of a password in it, whose @ was
// not written as %40.
bool IsReadable(const std::string& url) {
  char* complaint = nullptr;
  const std::unique_ptr<PQconninfoOption, CloseWith<PQconninfoFree>> options(
      PQconninfoParse(url.c_str(), &complaint));
  // The complaint repeats the URL, password and all: the sentence is ours.
  if (complaint != nullptr) PQfreemem(complaint);
  if (options == nullptr) return false;
  for (const PQconninfoOption* one = options.get(); one->keyword != nullptr; ++one) {
    const std::string_view keyword = one->keyword, value = one->val == nullptr ? "" : one->val;
    if (keyword == "port" && value.find_first_not_of("0123456789,") != std::string_view::npos)
      return false;
    // Sockets may have an @ in their path, or at its beginning.
    if (keyword == "host" && !value.starts_with('/') &&
        value.find('@', 1) != std::string_view::npos)
      return false;
  }
  return true;
}

}  // namespace

Result<std::unique_ptr<Database>> OpenPostgres(const std::string& url) {
  if (!IsReadable(url))
    return Fail(Errc::kInvalidInput,
                fmt::format("DATABASE_URL \"{}\" is no PostgreSQL address: write "
                            "postgresql://USER:PASSWORD@HOST/NAME, an @ in them as %40",
                            MaskedUrl(url)));
  auto database = std::make_unique<PostgresDatabase>(url);
  TRY(auto probe, database->Reader());
  return database;
}

}  // namespace rolecall
