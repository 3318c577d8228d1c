// The database that the settings name, opened and at this program's schema.
#pragma once

#include <memory>

#include "app/config.h"
#include "db/db.h"

namespace rolecall {

enum class Schema {
  kPrepare,  // migrated where that is safe by itself
  // The same, but a file that is not there stays so: the database is empty then, and of this
  // process alone. For commands that have nothing to write where there is nothing.
  kPrepareExisting,
  kAsItIs,  // for the command that migrates
};

// Opens the database; but for kPrepareExisting, the folder of a SQLite file is made where it is
// missing.
Result<std::unique_ptr<Database>> OpenStore(const Config& config, Schema schema);

}  // namespace rolecall
