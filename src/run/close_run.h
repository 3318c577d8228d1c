// The one way in which a run ends: its status, its unfinished parts, its list of contents, its jobs
// as it leaves them and the last line of its log in one transaction.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/error.h"
#include "db/db.h"
#include "domain/run_state.h"
#include "store/runs/run_lines.h"
#include "store/runs/runs.h"

namespace rolecall {

struct EndedRun {
  RunStatus status = RunStatus::kAborted;
  std::optional<RunLine> line;  // "RUN finished: 720 jobs (47 new, …)"; nothing where the run had
                                // ended before, and kept that status
};

// Moves an active run to a final status and closes what is unfinished, saying why (empty: not
// begun). kNotFound where the user has no such run, kConflict where it may not go there.
Result<EndedRun> EndRun(Database& database, const RunOfUser& run, const RunEnd& end, Timestamp now);

// Ends an active run of the user as aborted, with its counts so far; whoever works on it notices at
// its next commit, and within two seconds. kNotFound where the user has no such run.
Result<EndedRun> AbortRun(Database& database, const RunOfUser& run, Timestamp now);

// "Run 12 aborted", or of one that had ended before, "Run 12 is already finished", "… aborted" or
// "… failed".
std::string AbortSentence(std::int64_t run_id, const EndedRun& ended);

}  // namespace rolecall
