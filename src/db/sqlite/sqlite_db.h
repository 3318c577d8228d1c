// The embedded database: one file, one writer, readers of their own.
#pragma once

#include <memory>
#include <string>

#include "db/db.h"

namespace rolecall {

// Opens or makes the file; ":memory:" is private to the result and has one connection for reading
// and writing. kStorage where the file cannot be used.
Result<std::unique_ptr<Database>> OpenSqlite(const std::string& path);

}  // namespace rolecall
