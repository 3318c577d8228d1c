// The database that the settings name, opened and at this program's schema.
#pragma once

#include <memory>

#include "app/config.h"
#include "db/db.h"

namespace rolecall {

enum class Schema {
  kPrepare,  // migrated where that is safe by itself
  kAsItIs,   // for the command that migrates
};

// Opens the database, making the folder of a SQLite file where it is missing.
Result<std::unique_ptr<Database>> OpenStore(const Config& config, Schema schema);

}  // namespace rolecall
