// The last rites of a transaction that a run's log tells of.
#pragma once

#include "work/tools.h"

namespace rolecall {

// Stores the lines as the transaction's last write, commits, and shows them and that there is
// progress: what is only stored would be seen by nobody here until the next look.
Result<void> CommitAndShow(const WorkTools& tools, Transaction& tx, JointLines& lines,
                           const RunLog& log);

}  // namespace rolecall
