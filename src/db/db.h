// The one seam to a database: connections, statements, transactions, and what differs between
// SQLite and PostgreSQL.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "base/text.h"
#include "db/sql_text.h"

namespace rolecall {

// Trusted SQL: made from a literal at compile time, so text from outside can never become a
// statement. Parameters are :name. Holes, filled by the dialect when the statement is prepared:
//   {rows_of jobs: external_id text, id bigint}
//       the rows of the Table bound as :jobs, as a table named jobs
//   {skip_locked}   FOR UPDATE SKIP LOCKED, where writers run side by side; {skip_locked of b}:
//   only
//       the rows of b
//   {bytes_of r.body}   the bytes of a cell of a Table that has them as hexadecimal digits
//   {time}   the type of a time: of a column, or to cast a cell of a Table to
//   {id_column} {key_column} {blob} {clustered}   of migrations: a generated id, a key that is
//       given, bytes, rows kept in the order of their key
class Sql {
 public:
  template <std::size_t N>
  consteval Sql(const char (&text)[N])
      : text_(text, N - 1) {}  // NOLINT(google-explicit-constructor)
  template <std::size_t N>
  consteval Sql(const SqlText<N>& text)
      : text_(text.text, N - 1) {}  // NOLINT(google-explicit-constructor)
  constexpr std::string_view text() const { return text_; }

 private:
  std::string_view text_;
};

// Rows handed to a statement as one parameter, for {rows_of …}, or to InsertMany. Cells are kept as
// text, mended: one NUL or broken byte must not cost a statement.
class Table {
 public:
  explicit Table(std::size_t columns) : columns_(columns) {}
  Table& Text(std::string_view value);
  Table& Int(std::int64_t value);
  Table& Time(Timestamp value);
  Table& Null();
  std::size_t columns() const { return columns_; }
  std::size_t rows() const { return cells_.size() / columns_; }
  const std::optional<std::string>& cell(std::size_t row, std::size_t column) const {
    return cells_[row * columns_ + column];
  }
  void Clear() { cells_.clear(); }

 private:
  std::size_t columns_;
  std::vector<std::optional<std::string>> cells_;  // row by row
};

// With so many rows a Table is written, so that neither a statement nor memory grows with a board.
inline constexpr std::size_t kRowsAStatement = 5'000;

struct Blob {
  std::string bytes;
};

using Value = std::variant<std::nullptr_t, std::int64_t, double, bool, std::string, Blob, Timestamp,
                           const Table*>;

// A named parameter: {"id", 5}, {"name", text}, {"at", time}, {"jobs", table}. Text is mended, as
// in a Table.
struct Bind {
  std::string_view name;
  Value value;
  Bind(std::string_view n, std::nullptr_t) : name(n), value(nullptr) {}
  Bind(std::string_view n, std::int64_t v) : name(n), value(v) {}
  Bind(std::string_view n, int v) : name(n), value(std::int64_t{v}) {}
  Bind(std::string_view n, double v) : name(n), value(v) {}
  Bind(std::string_view n, bool v) : name(n), value(v) {}
  Bind(std::string_view n, std::string v) : name(n), value(Mend(std::move(v)).text) {}
  Bind(std::string_view n, std::string_view v) : Bind(n, std::string(v)) {}
  Bind(std::string_view n, const char* v) : Bind(n, std::string(v)) {}
  Bind(std::string_view n, Blob v) : name(n), value(std::move(v)) {}
  Bind(std::string_view n, Timestamp v) : name(n), value(v) {}
  Bind(std::string_view n, const Table& v) : name(n), value(&v) {}
  template <typename T>
  Bind(std::string_view n, const std::optional<T>& v) : name(n), value(nullptr) {
    if (v) value = Bind(n, *v).value;
  }
};
using Binds = std::vector<Bind>;

// For a column in which NULL stands where there is no text.
inline std::optional<std::string> OrNull(std::string_view text) {
  return text.empty() ? std::nullopt : std::optional<std::string>(text);
}

// One row of an answer, valid inside the callback that receives it. Columns count from 0; a NULL
// reads as 0 or "".
class Row {
 public:
  virtual ~Row() = default;
  virtual bool IsNull(int column) const = 0;
  virtual std::int64_t Int(int column) const = 0;
  virtual double Real(int column) const = 0;
  virtual bool Bool(int column) const = 0;
  virtual std::string_view Text(int column) const = 0;
  virtual std::string Bytes(int column) const = 0;

  std::string String(int column) const { return std::string(Text(column)); }
  std::optional<Timestamp> MaybeTime(int column) const;
  Timestamp Time(int column) const { return MaybeTime(column).value_or(Timestamp{}); }
};
using RowReader = std::function<void(const Row&)>;

// One session with the database, used by one thread at a time. Errors: kStorage (refused:
// read-only, damaged), kConflict (a unique constraint), kUnavailable (it may pass: gone, busy for
// longer than the timeout, its disk, memory or connections used up).
class Connection {
 public:
  virtual ~Connection() = default;

  // Runs a statement; returns the number of rows that it wrote.
  virtual Result<std::int64_t> Run(Sql sql, const Binds& binds = {}) = 0;

  // Runs a query; `read` sees each row in order. Returns their number.
  virtual Result<std::int64_t> Each(Sql sql, const Binds& binds, const RowReader& read) = 0;

  // Several statements without parameters, one after the other; for migrations.
  virtual Result<void> RunScript(Sql sql) = 0;

  // Inserts many rows as fast as the database can: COPY, or one prepared insert. `columns`: "id,
  // board_id, title". A row that violates a constraint fails the whole.
  virtual Result<void> InsertMany(Sql table, Sql columns, const Table& rows) = 0;

  // The next `count` ids of a table with an {id_column}, reserved for the caller: the first of
  // them. Inside a transaction that writes; ids of a rolled back transaction may be given again.
  virtual Result<std::int64_t> ReserveIds(Sql table, std::int64_t count) = 0;

  // Tells every Listener on `channel`, those of this process too, once the transaction commits; at
  // once outside of one. `payload`: less than 8000 bytes; what a transaction tells twice may arrive
  // once. SQLite has nobody to tell, and succeeds.
  virtual Result<void> Notify(Sql channel, std::string_view payload) = 0;

  // The database's own clock, for leases alone.
  virtual Result<Timestamp> DatabaseNow() = 0;

 protected:
  friend class Transaction;
  friend class Database;
  virtual Result<void> Begin() = 0;
  virtual Result<void> Commit() = 0;
  virtual void Rollback() = 0;
};

// The first row of a query by `read`, or nothing where there is none.
template <typename Read>
auto QueryOne(Connection& db, Sql sql, const Binds& binds, Read read)
    -> Result<std::optional<decltype(read(std::declval<const Row&>()))>> {
  std::optional<decltype(read(std::declval<const Row&>()))> found;
  CHECK_OK(db.Each(sql, binds, [&](const Row& row) {
    if (!found) found = read(row);
  }));
  return found;
}

// Every row of a query by `read`.
template <typename Read>
auto QueryAll(Connection& db, Sql sql, const Binds& binds, Read read)
    -> Result<std::vector<decltype(read(std::declval<const Row&>()))>> {
  std::vector<decltype(read(std::declval<const Row&>()))> all;
  CHECK_OK(db.Each(sql, binds, [&](const Row& row) { all.push_back(read(row)); }));
  return all;
}

// A connection out of its pool; goes back when the handle ends. Must not outlive its Database.
using ConnectionHandle = std::unique_ptr<Connection, std::function<void(Connection*)>>;

// A transaction that writes, and the connection it runs on. Rolls back unless Commit() ran.
class Transaction {
 public:
  explicit Transaction(ConnectionHandle connection) : connection_(std::move(connection)) {}
  Transaction(Transaction&&) = default;
  Transaction& operator=(Transaction&&) = delete;
  ~Transaction();

  Connection& db() { return *connection_; }
  Connection* operator->() { return connection_.get(); }
  Result<void> Commit();

 private:
  ConnectionHandle connection_;
};

// What Connection::Notify told.
struct Notice {
  std::string channel;
  std::string payload;  // "": anything may have happened on this channel
};

// Hears what Connection::Notify tells, over a session of its own. Used by one thread at a time; may
// outlive its Database.
class Listener {
 public:
  virtual ~Listener() = default;

  // What was told since the last call, in order, as soon as there is anything; nothing after `most`
  // (a day at the most), or at once after stop. kUnavailable at once when the session is lost. The
  // next call opens another, and then returns a notice "" for each channel, as some may have been
  // missed. While the database cannot be reached it tries again each second, and fails after
  // `most`. An attempt to connect, of up to ten seconds, is cut short by neither.
  virtual Result<std::vector<Notice>> Wait(std::chrono::milliseconds most,
                                           std::stop_token stop) = 0;
};

enum class Dialect { kSqlite, kPostgres };

// A database and its connections. Safe to use from several threads.
class Database {
 public:
  virtual ~Database() = default;
  virtual Dialect dialect() const = 0;

  // A connection for reading; sees what was committed. Waits up to 10 s while all are out.
  virtual Result<ConnectionHandle> Reader() = 0;

  // A transaction that writes. SQLite has one writer, handed out in order of asking, begun
  // IMMEDIATE.
  Result<Transaction> Write();

  // Hears what is told on `channels` from now on. Null where nothing can be heard, on SQLite and
  // through a pooler: the caller polls.
  virtual Result<std::unique_ptr<Listener>> Listen(std::vector<Sql> channels) = 0;

 protected:
  virtual Result<ConnectionHandle> Writer() = 0;
};

// Opens what DATABASE_URL names: "sqlite:PATH" ("sqlite::memory:" is one private to this object) or
// "postgresql://…" (also "postgres://…"). Does not migrate. Errors: kInvalidInput on a malformed
// URL, as ReadDatabaseUrl, kUnavailable, kStorage.
Result<std::unique_ptr<Database>> OpenDatabase(std::string_view url);

}  // namespace rolecall
