// The end of a run: finished, error or aborted, once, with every line of its log readable before.
#pragma once

#include "work/tools.h"

namespace rolecall {

// Where somebody ended the run before, its status stays, and is returned.
Result<RunStatus> FinaliseRun(const WorkTools& tools, const RunOfUser& run, const RunEnd& end,
                              RunLog& log);

}  // namespace rolecall
