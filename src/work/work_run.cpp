// Works on one run to its end: pending → initializing (every board read) → ingesting (every content
// asked for) → finished.
#include "work/work_run.h"

#include "store/runs/runs.h"
#include "work/finalise_run.h"
#include "work/run_lanes.h"

namespace rolecall {

Result<RunStatus> WorkRun(const WorkTools& tools, const RunOfUser& run, RunLog& log,
                          std::stop_token stop) {
  RunLanes lanes(
      tools,
      {.run_id = run.id,
       .log_of = [&log](std::int64_t) { return std::shared_ptr<RunLog>(&log, [](RunLog*) {}); },
       .complain = {}});
  const auto worked = lanes.Work(stop);
  if (!worked) {
    log.Fault("", worked.error().message);
    if (worked.error().code == Errc::kStorage)
      CHECK_OK(FinaliseRun(tools, run, {RunStatus::kError, worked.error().message}, log));
    return std::unexpected(worked.error());
  }
  if (stop.stop_requested()) return FinaliseRun(tools, run, {RunStatus::kAborted, "aborted"}, log);
  TRY(auto db, tools.database.Reader());
  return LoadRunStatus(*db, run.user_id, run.id);
}

}  // namespace rolecall
