// What a run showed as withheld, and is so still.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "db/db.h"
#include "store/boards/withheld.h"

namespace rolecall {

// To be settled: of one company where it is named, else of all of the run's. kNotFound where the
// user has no such run, does not follow the company, or nothing of it is withheld; kConflict while
// the run is active.
Result<std::vector<WithheldJob>> WithheldOfRun(Connection& db, std::int64_t user_id,
                                               std::int64_t run_id, std::string_view company);

// To be looked at: of one company of the run, none where nothing is withheld. kNotFound where the
// user has no such run, or the company is not in it; kConflict while the run is active.
Result<std::vector<WithheldJob>> WithheldOfCompany(Connection& db, std::int64_t user_id,
                                                   std::int64_t run_id, std::string_view company);

}  // namespace rolecall
