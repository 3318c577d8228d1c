// Stores, commits, shows: in this order, so that nothing is shown that is not stored.
#include "work/commit_and_show.h"

namespace rolecall {

Result<void> CommitAndShow(const WorkTools& tools, Transaction& tx, JointLines& lines,
                           const RunLog& log) {
  CHECK_OK(lines.Store(tx, log.run_id()));
  CHECK_OK(tx.Commit());
  log.Show(lines);
  if (tools.progress) tools.progress();
  return {};
}

}  // namespace rolecall
