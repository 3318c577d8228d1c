// Withheld expiries: jobs that would leave on evidence that a guard doubts, until a person or more
// listings settle them.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "db/db.h"

namespace rolecall {

struct WithheldJob {
  std::int64_t job_id = 0;
  std::int64_t board_id = 0;
  std::string company, external_id, title, location;
  Timestamp withheld_since;
  std::string why;  // the evidence, as it was when the job was withheld
};

// Those of the user that were withheld at or before `until`, by company and title.
Result<std::vector<WithheldJob>> LoadWithheld(Connection& db, std::int64_t user_id,
                                              Timestamp until);

// The jobs are not missing any more, until a listing lacks them anew; which the next reading of
// their board looks for in full, even where nothing changed. One that is under way begins anew.
// kConflict, and nothing may be committed, where a reading has expired some of them meanwhile.
Result<void> KeepWithheld(Transaction& tx, const std::vector<WithheldJob>& jobs, Timestamp now);

// Notes which withheld jobs a person agreed to expire in a run that is not begun yet.
Result<void> ApproveExpiries(Transaction& tx, std::int64_t run_id,
                             const std::vector<std::int64_t>& jobs);
Result<std::set<std::int64_t>> LoadApproved(Connection& db, std::int64_t run_id);

}  // namespace rolecall
