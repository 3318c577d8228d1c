// The file is opened as the program opens it, so that both pay the same for a commit.
#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <stdexcept>

#include "bench/raw_session.h"

namespace rolecall {
namespace {

struct Bind1 {
  sqlite3_stmt* statement;
  int at;
  int operator()(std::nullptr_t) const { return sqlite3_bind_null(statement, at); }
  int operator()(std::int64_t value) const { return sqlite3_bind_int64(statement, at, value); }
  int operator()(std::string_view text) const {
    return sqlite3_bind_text64(statement, at, text.data(), text.size(), SQLITE_STATIC, SQLITE_UTF8);
  }
};

class SqliteSession : public RawSession {
 public:
  explicit SqliteSession(const std::string& path) {
    Expect(sqlite3_open_v2(path.c_str(), &db_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX,
                           nullptr) == SQLITE_OK);
    Script(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON; "
        "PRAGMA temp_store = MEMORY; PRAGMA cache_size = -65536");
  }
  SqliteSession(const SqliteSession&) = delete;
  SqliteSession& operator=(const SqliteSession&) = delete;
  ~SqliteSession() override { sqlite3_close_v2(db_); }

  void Script(const std::string& sql) override {
    Expect(sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK);
  }

  std::int64_t Count(const std::string& sql) override {
    const Statement statement = Compile(sql);
    Expect(sqlite3_step(statement.get()) == SQLITE_ROW);
    return sqlite3_column_int64(statement.get(), 0);
  }

  void Upsert(const Rows& rows) override { Write(UpsertText(rows, '?'), rows); }

  std::function<void()> Load(const Rows& rows) override {
    Rows plain{.table = rows.table, .columns = rows.columns, .key = {}, .cells = {}};
    return [this, text = UpsertText(plain, '?'), &rows] { Write(text, rows); };
  }

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };
  using Statement = std::unique_ptr<sqlite3_stmt, Finalize>;

  void Expect(bool holds) const {
    if (!holds) throw std::runtime_error(fmt::format("SQLite: {}", sqlite3_errmsg(db_)));
  }

  Statement Compile(const std::string& sql) {
    sqlite3_stmt* statement = nullptr;
    Expect(sqlite3_prepare_v2(db_, sql.c_str(), -1, &statement, nullptr) == SQLITE_OK);
    return Statement(statement);
  }

  void Write(const std::string& text, const Rows& rows) {
    const Statement statement = Compile(text);
    for (std::size_t index = 0; index < rows.size(); ++index) {
      for (std::size_t column = 0; column < rows.columns.size(); ++column)
        std::visit(Bind1{statement.get(), static_cast<int>(column) + 1}, rows.row(index)[column]);
      Expect(sqlite3_step(statement.get()) == SQLITE_DONE);
      sqlite3_reset(statement.get());
    }
  }

  sqlite3* db_ = nullptr;
};

}  // namespace

std::unique_ptr<RawSession> OpenSqliteSession(const std::string& path) {
  return std::make_unique<SqliteSession>(path);
}

std::string UpsertText(const Rows& rows, char sign) {
  std::string holes, updates;
  for (std::size_t i = 0; i < rows.columns.size(); ++i) {
    const std::string& column = rows.columns[i];
    holes += fmt::format("{}{}{}", i == 0 ? "" : ", ", sign, i + 1);
    const bool identifies =
        column == "id" ||
        fmt::format(", {}, ", rows.key).find(fmt::format(", {}, ", column)) != std::string::npos;
    if (!identifies)
      updates += fmt::format("{}{} = excluded.{}", updates.empty() ? "" : ", ", column, column);
  }
  std::string text = fmt::format("INSERT INTO {} ({}) VALUES ({})", rows.table,
                                 fmt::join(rows.columns, ", "), holes);
  if (!rows.key.empty())
    text += fmt::format(" ON CONFLICT ({}) DO UPDATE SET {}", rows.key, updates);
  return text;
}

}  // namespace rolecall
