// A session below the program's own seam, for what it is measured against: SQLite's and libpq's own
// calls.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "db/db.h"

namespace rolecall {

using Cell = std::variant<std::nullptr_t, std::int64_t, std::string_view>;

// Rows of one table; the texts are somebody else's.
struct Rows {
  std::string table;
  std::vector<std::string> columns;
  std::string key;          // "user_id, job_id": what ON CONFLICT names; empty for a plain insert
  std::vector<Cell> cells;  // row by row

  std::size_t size() const { return cells.size() / columns.size(); }
  const Cell* row(std::size_t index) const { return &cells[index * columns.size()]; }
};

// Each call throws where the database refuses.
class RawSession {
 public:
  virtual ~RawSession() = default;
  virtual void Script(const std::string& sql) = 0;
  virtual std::int64_t Count(const std::string& sql) = 0;

  // Writes rows by one prepared statement, a row each: INSERT … ON CONFLICT DO UPDATE of every
  // column that is neither id nor of the key.
  virtual void Upsert(const Rows& rows) = 0;

  // Makes ready, and returns, the fastest way of writing rows into an empty table. The rows outlive
  // it.
  virtual std::function<void()> Load(const Rows& rows) = 0;
};

std::unique_ptr<RawSession> OpenSqliteSession(const std::string& path);
std::unique_ptr<RawSession> OpenPostgresSession(const std::string& url);

// "INSERT INTO t (a, b) VALUES (?1, ?2) ON CONFLICT (a) DO UPDATE SET b = excluded.b", with `sign`
// for the question mark.
std::string UpsertText(const Rows& rows, char sign);

}  // namespace rolecall
