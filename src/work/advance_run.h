// The steps of a run between its companies: begun, every board read, ended.
#pragma once

#include "store/runs/claims.h"
#include "work/tools.h"

namespace rolecall {

// pending → initializing, with what left since the run before. False where the run is not pending
// any more.
Result<bool> BeginRun(const WorkTools& tools, const OpenRun& run, RunLog& log);

// initializing → ingesting, once `run` was seen with no company unread: none becomes so again.
// False where another did it.
Result<bool> BeginIngesting(const WorkTools& tools, const OpenRun& run, RunLog& log);

// ingesting → finished, or error where every company that was begun failed, once `run` was seen
// with nothing outstanding.
Result<RunStatus> FinishRun(const WorkTools& tools, const OpenRun& run, RunLog& log);

}  // namespace rolecall
