// Closes what is unfinished and moves the run in one transaction.
#include "work/finalise_run.h"

#include <fmt/format.h>

#include "store/contents.h"
#include "store/runs.h"

namespace rolecall {

namespace {

constexpr int kAttempts = 3;

std::string Ending(const RunRecord& run, RunStatus to, const std::string& message) {
  const CompanyCounts& c = run.totals;
  return fmt::format(
      "RUN {}: {} jobs ({} new, {} changed, {} unchanged, {} reopened), {} expired, {} missing, {} "
      "withheld{}{}",
      Name(to), c.included, c.new_jobs, c.changed, c.unchanged, c.reopened, c.expired, c.missing,
      c.withheld, message.empty() ? "" : ": ", message);
}

// False where the run is not in `from` any more; nothing was written then.
Result<bool> Close(const WorkTools& tools, const RunRecord& run, RunStatus to,
                   const std::string& message) {
  TRY(auto tx, tools.database.Write());
  const Timestamp now = tools.clock();
  TRY(const bool moved, MoveRun(tx, run.id, run.status, to, message, now));
  if (!moved) return false;
  CHECK_OK(CloseUnfinished(tx, run.id, run.user_id, message.empty() ? "not begun" : message, now));
  CHECK_OK(DropWanted(tx, run.id));
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
    if (attempt == 1) log.Info("", Ending(run, to, message));
    log.Flush(tools.settings.log_patience);
    TRY(const bool closed, Close(tools, run, to, message));
    if (!closed) continue;
    if (tools.progress) tools.progress();
    return to;
  }
  return Fail(Errc::kConflict, fmt::format("run {} could not be moved to {}", run_id, Name(to)));
}

}  // namespace rolecall
