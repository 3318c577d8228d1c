// Works on one run to its end: pending → initializing (every board read) → ingesting (every content
// asked for) → finished.
#include "work/work_run.h"

#include "run/told_error.h"
#include "store/runs/runs.h"
#include "work/finalise_run.h"
#include "work/run_lanes.h"

namespace rolecall {

Result<RunStatus> WorkRunUntil(const WorkTools& tools, const RunOfUser& run, RunLog& log,
                               std::stop_token stop,
                               std::function<void(std::string_view)> complain) {
  RunLanes lanes(
      tools,
      {.run_id = run.id,
       .log_of = [&log](std::int64_t) { return std::shared_ptr<RunLog>(&log, [](RunLog*) {}); },
       .complain = std::move(complain)});
  const auto worked = lanes.Work(std::move(stop));
  if (!worked) {
    const std::string told = ToldToUsers(worked.error());
    log.Fault("", told);
    if (worked.error().code == Errc::kStorage)
      CHECK_OK(FinaliseRun(tools, run, {RunStatus::kError, told}, log));
    return std::unexpected(worked.error());
  }
  TRY(auto db, tools.database.Reader());
  return LoadRunStatus(*db, run.user_id, run.id);
}

Result<RunStatus> WorkRun(const WorkTools& tools, const RunOfUser& run, RunLog& log,
                          std::stop_token stop, std::function<void(std::string_view)> complain) {
  TRY(const RunStatus status, WorkRunUntil(tools, run, log, stop, std::move(complain)));
  if (!stop.stop_requested() || IsFinal(status)) return status;
  return FinaliseRun(tools, run, {RunStatus::kAborted, "aborted"}, log);
}

}  // namespace rolecall
