// The end of a run: finished, error or aborted, once, with every line of its log readable before.
#pragma once

#include <cstdint>
#include <string>

#include "work/tools.h"

namespace rolecall {

// `message` is why a run ends in error, or was aborted. Where somebody ended the run before, its
// status stays, and is returned.
Result<RunStatus> FinaliseRun(const WorkTools& tools, std::int64_t user_id, std::int64_t run_id,
                              RunStatus to, const std::string& message, RunLog& log);

}  // namespace rolecall
