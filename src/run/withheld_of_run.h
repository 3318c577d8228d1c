// What a run showed as withheld, and is so still.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "db/db.h"
#include "store/boards/withheld.h"

namespace rolecall {

// Of one company where it is named, else of all of the run's. kNotFound where the user has no such
// run, does not follow the company, or nothing of it is withheld; kConflict while the run is
// active.
Result<std::vector<WithheldJob>> WithheldOfRun(Connection& db, std::int64_t user_id,
                                               std::int64_t run_id, std::string_view company);

}  // namespace rolecall
