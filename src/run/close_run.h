// The one way in which a run ends: its status, its unfinished parts and its list of contents in one
// transaction.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/error.h"
#include "domain/run_state.h"
#include "store/db.h"
#include "store/runs.h"

namespace rolecall {

// Moves the run to a final status and closes what is unfinished, saying `why` (empty: not begun).
// False where the run is not in `from` any more; the transaction is then to be left uncommitted.
Result<bool> CloseRun(Transaction& tx, std::int64_t run_id, std::int64_t user_id, RunStatus from,
                      RunStatus to, std::string_view why, Timestamp now);

// "RUN finished: 720 jobs (47 new, …)": the last line of a run's log.
std::string EndingLine(const RunRecord& run, RunStatus to, std::string_view why);

enum class AbortOutcome : std::uint8_t { kAborted, kEndedAlready };

// Ends an active run of the user as aborted, with its counts so far; whoever works on it notices at
// its next commit, and within two seconds. kNotFound where the user has no such run.
Result<AbortOutcome> AbortRun(Database& database, std::int64_t user_id, std::int64_t run_id,
                              Timestamp now);

}  // namespace rolecall
