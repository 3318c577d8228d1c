// Brings a database to this program's schema, one transaction a migration, under a lock.
#pragma once

#include "base/clock.h"
#include "db/db.h"

namespace rolecall {

// Applies what is missing; returns how many migrations ran. kStorage where the database asks for a
// newer program.
Result<int> Migrate(Database& database, Timestamp now);

enum class SchemaState { kEmpty, kBehind, kCurrent };

// Where the database stands. kStorage where it asks for a newer program than this one, naming both.
Result<SchemaState> CheckSchema(Database& database);

// What every command does first: SQLite migrates itself, PostgreSQL only when it is empty.
// kStorage, naming `rolecall migrate`, where a PostgreSQL database is behind.
Result<void> PrepareSchema(Database& database, Timestamp now);

}  // namespace rolecall
