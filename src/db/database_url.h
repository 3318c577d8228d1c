// What DATABASE_URL names, taken apart in one place, and what of it may be shown.
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"
#include "db/db.h"

namespace rolecall {

inline constexpr std::string_view kSqliteInMemory = ":memory:";

struct DatabaseUrl {
  Dialect dialect;
  std::string file;  // of SQLite: a path, or kSqliteInMemory; else empty

  bool is_on_disk() const { return dialect == Dialect::kSqlite && file != kSqliteInMemory; }
};

// Of "sqlite:PATH", "postgresql://…" or "postgres://…". kInvalidInput on any other, which is never
// repeated with its password.
Result<DatabaseUrl> ReadDatabaseUrl(std::string_view url);

std::string SqliteUrl(std::string_view file);

// The URL without its password, to show.
std::string MaskedUrl(std::string_view url);

}  // namespace rolecall
