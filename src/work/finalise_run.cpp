// The log first, so that every line is readable before the final status is.
#include "work/finalise_run.h"

#include <fmt/format.h>

#include "run/close_run.h"

namespace rolecall {

namespace {

constexpr int kAttempts = 3;

// False where the run is not in the status any more that `run` has; nothing was written then.
Result<bool> Close(const WorkTools& tools, const RunRecord& run, RunStatus to,
                   const std::string& message) {
  TRY(auto tx, tools.database.Write());
  TRY(const bool closed, CloseRun(tx, run.id, run.user_id, run.status, to, message, tools.clock()));
  if (!closed) return false;
  CHECK_OK(tx.Commit());
  return true;
}

}  // namespace

Result<RunStatus> FinaliseRun(const WorkTools& tools, std::int64_t user_id, std::int64_t run_id,
                              RunStatus to, const std::string& message, RunLog& log) {
  for (int attempt = 1; attempt <= kAttempts; ++attempt) {
    RunRecord run;
    {
      TRY(auto db, tools.database.Reader());
      TRY(run, LoadRun(*db, user_id, run_id));
    }
    if (IsFinal(run.status)) return run.status;
    if (attempt == 1) log.Info("", EndingLine(run, to, message));
    log.Flush(tools.settings.log_patience);
    TRY(const bool closed, Close(tools, run, to, message));
    if (!closed) continue;
    if (tools.progress) tools.progress();
    return to;
  }
  return Fail(Errc::kConflict, fmt::format("run {} could not be moved to {}", run_id, Name(to)));
}

}  // namespace rolecall
