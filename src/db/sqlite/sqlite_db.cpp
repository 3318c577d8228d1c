// SQLite in WAL mode; writers wait in line within the process and 30 s for other processes.
#include "db/sqlite/sqlite_db.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <string_view>
#include <thread>
#include <tuple>
#include <unordered_map>

#include "base/hex.h"
#include "db/connection_pool.h"
#include "db/dialect.h"

namespace rolecall {
namespace {

constexpr int kBusyMs = 30'000;
constexpr std::size_t kReaders = 8;

template <auto Close>
struct CloseWith {
  template <typename T>
  void operator()(T* handle) const noexcept {
    Close(handle);
  }
};
using DatabaseHandle = std::unique_ptr<sqlite3, CloseWith<sqlite3_close_v2>>;
using StatementHandle = std::unique_ptr<sqlite3_stmt, CloseWith<sqlite3_finalize>>;

Errc CodeOfResult(int result) {
  switch (result & 0xFF) {
    case SQLITE_CONSTRAINT:
      return Errc::kConflict;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_FULL:
      return Errc::kUnavailable;
    default:
      return Errc::kStorage;  // SQLite's codes are not ours to close
  }
}

std::string_view ResultInPlainWords(int result) {
  switch (result & 0xFF) {
    case SQLITE_FULL:
      return "the disk is full";
    case SQLITE_READONLY:
      return "it is read-only";
    case SQLITE_CANTOPEN:
      return "it cannot be opened";
    case SQLITE_NOTADB:
      return "it is not a SQLite database";
    case SQLITE_CORRUPT:
      return "it is damaged";
    case SQLITE_BUSY:
      return "another process held it for too long";
    default:
      return "";
  }
}

// SQLite has one code for every file that cannot be opened; the system tells why.
bool LacksDescriptors(sqlite3* db, int result) {
  if ((result & 0xFF) != SQLITE_CANTOPEN) return false;
  const int reason = sqlite3_system_errno(db);
  return reason == EMFILE || reason == ENFILE;
}

std::unexpected<Error> Refused(sqlite3* db, const std::string& path, int result) {
  if (LacksDescriptors(db, result))
    return Fail(Errc::kUnavailable, fmt::format("the database {}: too many files are open ({})",
                                                path, sqlite3_errmsg(db)));
  const std::string_view plain = ResultInPlainWords(result);
  return Fail(CodeOfResult(result),
              fmt::format("the database {}: {}{}", path,
                          plain.empty() ? std::string_view(sqlite3_errmsg(db)) : plain,
                          plain.empty() ? "" : fmt::format(" ({})", sqlite3_errmsg(db))));
}

class SqliteRow : public Row {
 public:
  explicit SqliteRow(sqlite3_stmt* statement) : statement_(statement) {}
  bool IsNull(int column) const override {
    return sqlite3_column_type(statement_, column) == SQLITE_NULL;
  }
  std::int64_t Int(int column) const override { return sqlite3_column_int64(statement_, column); }
  double Real(int column) const override { return sqlite3_column_double(statement_, column); }
  bool Bool(int column) const override { return sqlite3_column_int64(statement_, column) != 0; }
  std::string_view Text(int column) const override {
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
    return text == nullptr
               ? std::string_view()
               : std::string_view(
                     text, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column)));
  }
  std::string Bytes(int column) const override {
    const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_, column));
    return bytes == nullptr
               ? std::string()
               : std::string(bytes,
                             static_cast<std::size_t>(sqlite3_column_bytes(statement_, column)));
  }

 private:
  sqlite3_stmt* statement_;
};

struct Prepared {
  StatementHandle statement;
  std::vector<Slot> slots;
};

// Leaves a statement ready for the next use, whatever happened.
class ResetLater {
 public:
  explicit ResetLater(sqlite3_stmt* statement) : statement_(statement) {}
  ResetLater(const ResetLater&) = delete;
  ResetLater& operator=(const ResetLater&) = delete;
  ~ResetLater() {
    sqlite3_reset(statement_);
    sqlite3_clear_bindings(statement_);
  }

 private:
  sqlite3_stmt* statement_;
};

int BindText(sqlite3_stmt* statement, int at, std::string_view text) {
  return sqlite3_bind_text64(statement, at, text.data(), text.size(), SQLITE_TRANSIENT,
                             SQLITE_UTF8);
}

struct Binder {
  sqlite3_stmt* statement;
  int at;
  int operator()(std::nullptr_t) const { return sqlite3_bind_null(statement, at); }
  int operator()(std::int64_t value) const { return sqlite3_bind_int64(statement, at, value); }
  int operator()(double value) const { return sqlite3_bind_double(statement, at, value); }
  int operator()(bool value) const { return sqlite3_bind_int64(statement, at, value ? 1 : 0); }
  int operator()(const std::string& value) const { return BindText(statement, at, value); }
  int operator()(const Blob& value) const {
    return sqlite3_bind_blob64(statement, at, value.bytes.data(), value.bytes.size(),
                               SQLITE_TRANSIENT);
  }
  int operator()(Timestamp value) const { return BindText(statement, at, ToIso(value)); }
  int operator()(const Table* value) const { return BindText(statement, at, RowsAsJson(*value)); }
};

// The function bytes_of of statements, as {bytes_of …} says.
void BytesOf(sqlite3_context* context, int, sqlite3_value** values) {
  const auto* digits = reinterpret_cast<const char*>(sqlite3_value_text(values[0]));
  if (digits == nullptr) return sqlite3_result_null(context);
  const auto bytes = BytesOfHex({digits, static_cast<std::size_t>(sqlite3_value_bytes(values[0]))});
  if (!bytes) return sqlite3_result_error(context, "no hexadecimal digits", -1);
  sqlite3_result_blob64(context, bytes->data(), bytes->size(), SQLITE_TRANSIENT);
}

class SqliteConnection : public Connection {
 public:
  SqliteConnection(DatabaseHandle db, std::string path)
      : db_(std::move(db)), path_(std::move(path)) {}

  Result<std::int64_t> Run(Sql sql, const Binds& binds) override {
    TRY(sqlite3_stmt * statement, Bound(sql, binds));
    const ResetLater reset(statement);
    int result = sqlite3_step(statement);
    while (result == SQLITE_ROW) result = sqlite3_step(statement);
    if (result != SQLITE_DONE) return Refused(db_.get(), path_, result);
    return sqlite3_changes64(db_.get());
  }

  Result<std::int64_t> Each(Sql sql, const Binds& binds, const RowReader& read) override {
    TRY(sqlite3_stmt * statement, Bound(sql, binds));
    const ResetLater reset(statement);
    std::int64_t rows = 0;
    int result = sqlite3_step(statement);
    for (; result == SQLITE_ROW; result = sqlite3_step(statement), ++rows)
      read(SqliteRow(statement));
    if (result != SQLITE_DONE) return Refused(db_.get(), path_, result);
    return rows;
  }

  Result<void> RunScript(Sql sql) override {
    return Script(PrepareText(sql.text(), Dialect::kSqlite).text);
  }

  Result<void> InsertMany(Sql table, Sql columns, const Table& rows) override {
    std::string holes;
    for (std::size_t i = 0; i < rows.columns(); ++i) holes += i == 0 ? "?" : ", ?";
    const std::string text =
        fmt::format("INSERT INTO {} ({}) VALUES ({})", table.text(), columns.text(), holes);
    TRY(const StatementHandle handle, Compile(text));
    sqlite3_stmt* statement = handle.get();
    for (std::size_t row = 0; row < rows.rows(); ++row) {
      for (std::size_t column = 0; column < rows.columns(); ++column) {
        const auto& cell = rows.cell(row, column);
        const int at = static_cast<int>(column) + 1;
        // The rows outlive the statement's step, so nothing is copied.
        if (cell)
          sqlite3_bind_text64(statement, at, cell->data(), cell->size(), SQLITE_STATIC,
                              SQLITE_UTF8);
        else
          sqlite3_bind_null(statement, at);
      }
      const int result = sqlite3_step(statement);
      if (result != SQLITE_DONE) return Refused(db_.get(), path_, result);
      sqlite3_reset(statement);
    }
    return {};
  }

  Result<std::int64_t> ReserveIds(Sql table, std::int64_t) override {
    // The one writer is ours until the transaction ends, and rows written with their ids move the
    // sequence on.
    std::int64_t last = 0;
    CHECK_OK(Each("SELECT seq FROM sqlite_sequence WHERE name = :name", {{"name", table.text()}},
                  [&](const Row& row) { last = row.Int(0); }));
    return last + 1;
  }

  Result<void> Notify(Sql, std::string_view) override { return {}; }

  Result<Timestamp> DatabaseNow() override { return SystemNow(); }

  Result<void> Script(const std::string& text) {
    const int result = sqlite3_exec(db_.get(), text.c_str(), nullptr, nullptr, nullptr);
    if (result != SQLITE_OK) return Refused(db_.get(), path_, result);
    return {};
  }

  // Of several that switch a new file at once SQLite turns some away without having them wait.
  Result<void> SwitchToWal() {
    const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(kBusyMs);
    while (true) {
      auto switched = Script("PRAGMA journal_mode = WAL");
      const int code = sqlite3_errcode(db_.get()) & 0xFF;
      const bool was_busy = code == SQLITE_BUSY || code == SQLITE_LOCKED;
      if (switched || !was_busy || std::chrono::steady_clock::now() >= until) return switched;
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
  }

 protected:
  Result<void> Begin() override { return Script("BEGIN IMMEDIATE"); }
  Result<void> Commit() override { return Script("COMMIT"); }
  void Rollback() override {
    if (sqlite3_get_autocommit(db_.get()) == 0)
      sqlite3_exec(db_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
  }

 private:
  Result<StatementHandle> Compile(const std::string& text) {
    sqlite3_stmt* statement = nullptr;
    const int result = sqlite3_prepare_v3(db_.get(), text.data(), static_cast<int>(text.size()),
                                          SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    if (result != SQLITE_OK) return Refused(db_.get(), path_, result);
    return StatementHandle(statement);
  }

  Result<sqlite3_stmt*> Bound(Sql sql, const Binds& binds) {
    auto found = statements_.find(sql.text().data());
    if (found == statements_.end()) {
      PreparedText prepared = PrepareText(sql.text(), Dialect::kSqlite);
      TRY(auto statement, Compile(prepared.text));
      found =
          statements_
              .emplace(sql.text().data(), Prepared{std::move(statement), std::move(prepared.slots)})
              .first;
    }
    sqlite3_stmt* statement = found->second.statement.get();
    for (std::size_t i = 0; i < found->second.slots.size(); ++i) {
      const std::string& name = found->second.slots[i].name;
      const auto bind = std::ranges::find(binds, name, &Bind::name);
      if (bind == binds.end())
        return Fail(Errc::kStorage, fmt::format("no value for :{} in: {}", name, sql.text()));
      const int result = std::visit(Binder{statement, static_cast<int>(i) + 1}, bind->value);
      if (result != SQLITE_OK) return Refused(db_.get(), path_, result);
    }
    return statement;
  }

  DatabaseHandle db_;
  std::string path_;
  std::unordered_map<const char*, Prepared> statements_;  // by the literal's address
};

enum class Purpose { kReading, kWriting };

// `cache` in KiB.
Result<std::unique_ptr<Connection>> OpenFile(const std::string& path, Purpose purpose, int cache) {
  sqlite3* raw = nullptr;
  const int result =
      sqlite3_open_v2(path.c_str(), &raw,
                      SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr);
  DatabaseHandle db(raw);
  if (result != SQLITE_OK) return Refused(raw, path, result);
  sqlite3_extended_result_codes(raw, 1);
  sqlite3_busy_timeout(raw, kBusyMs);
  sqlite3_create_function_v2(raw, "bytes_of", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC, nullptr,
                             BytesOf, nullptr, nullptr, nullptr);
  if (sqlite3_db_readonly(raw, "main") == 1)
    return Fail(Errc::kStorage,
                fmt::format("the database {}: it is read-only for this user", path));
  auto connection = std::make_unique<SqliteConnection>(std::move(db), path);
  CHECK_OK(connection->SwitchToWal());
  CHECK_OK(
      connection->Script(fmt::format("PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON; "
                                     "PRAGMA temp_store = MEMORY; PRAGMA cache_size = -{}",
                                     cache)));
  if (purpose == Purpose::kReading) CHECK_OK(connection->Script("PRAGMA query_only = ON"));
  return connection;
}

class SqliteDatabase : public Database {
 public:
  SqliteDatabase(const std::string& path, SqliteCache cache)
      : in_memory_(path == ":memory:"),
        writer_(
            1, [path, cache] { return OpenFile(path, Purpose::kWriting, cache.writer); },
            // Those of this process wait in line for as long as those of others do.
            [](Connection&) { return true; }, std::chrono::milliseconds(kBusyMs)),
        readers_(
            kReaders, [path, cache] { return OpenFile(path, Purpose::kReading, cache.reader); },
            [](Connection&) { return true; }) {}

  Dialect dialect() const override { return Dialect::kSqlite; }
  Result<ConnectionHandle> Reader() override {
    return in_memory_ ? writer_.Take() : readers_.Take();
  }
  Result<std::unique_ptr<Listener>> Listen(std::vector<Sql>) override { return nullptr; }

 protected:
  Result<ConnectionHandle> Writer() override { return writer_.Take(); }

 private:
  bool in_memory_;
  ConnectionPool writer_;
  ConnectionPool readers_;
};

}  // namespace

Result<std::unique_ptr<Database>> OpenSqlite(const std::string& path, SqliteCache cache) {
  // Else each allocation of all connections waits for one lock, under which SQLite counts memory.
  // Refused where SQLite is in use already, which then counts on.
  static const int settled = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  std::ignore = settled;
  auto database = std::make_unique<SqliteDatabase>(path, cache);
  // The first connection says at once whether the file can be used.
  TRY(auto probe, database->Reader());
  return database;
}

}  // namespace rolecall
