// Ends a run that is worked on. What waits of the log first, so that every line is readable before
// the final status is.
#include "work/finalise_run.h"

#include "run/close_run.h"

namespace rolecall {

Result<RunStatus> FinaliseRun(const WorkTools& tools, const RunOfUser& run, const RunEnd& end,
                              RunLog& log) {
  log.Flush(tools.settings.log_patience);
  TRY(const auto ended, EndRun(tools.database, run, end, tools.clock()));
  if (!ended.line) return ended.status;
  log.Show(*ended.line);
  if (tools.progress) tools.progress();
  return ended.status;
}

}  // namespace rolecall
