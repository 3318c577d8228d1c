// The embedded database: one file, one writer, readers of their own.
#pragma once

#include <memory>
#include <string>

#include "db/db.h"

namespace rolecall {

// What each connection keeps of the file in memory, at most; in KiB.
struct SqliteCache {
  int writer = 64 << 10;
  int reader = 64 << 10;
};

// Opens or makes the file; ":memory:" is private to the result and has one connection for reading
// and writing. kStorage where the file cannot be used.
Result<std::unique_ptr<Database>> OpenSqlite(const std::string& path, SqliteCache cache = {});

}  // namespace rolecall
