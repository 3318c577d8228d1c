// Closes what is unfinished and moves the run in one transaction.
#include "work/finalise_run.h"

#include <fmt/format.h>

#include "store/contents.h"
#include "store/runs.h"

namespace rolecall {

Result<RunStatus> FinaliseRun(const WorkTools& tools, std::int64_t user_id, std::int64_t run_id,
                              RunStatus to, const std::string& message, RunLog& log) {
  RunRecord run;
  {
    TRY(auto db, tools.database.Reader());
    TRY(run, LoadRun(*db, user_id, run_id));
  }
  if (IsFinal(run.status)) return run.status;
  const auto c = run.totals;
  log.Info("", fmt::format("RUN {}: {} jobs ({} new, {} changed, {} unchanged, {} reopened), {} "
                           "expired, {} missing, {} withheld{}{}",
                           Name(to), c.included, c.new_jobs, c.changed, c.unchanged, c.reopened,
                           c.expired, c.missing, c.withheld, message.empty() ? "" : ": ", message));
  log.Flush();
  TRY(auto tx, tools.database.Write());
  const Timestamp now = tools.clock();
  CHECK_OK(BeatHeart(tx, run_id, now));
  CHECK_OK(CloseUnfinished(tx, run_id, user_id, message.empty() ? "not begun" : message, now));
  CHECK_OK(DropWanted(tx, run_id));
  TRY(const bool moved, MoveRun(tx, run_id, run.status, to, message, now));
  if (moved) CHECK_OK(tx.Commit());
  if (tools.progress) tools.progress();
  return to;
}

}  // namespace rolecall
