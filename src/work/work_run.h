// A run's life on one screen.
#pragma once

#include <cstdint>
#include <stop_token>

#include "domain/run_state.h"
#include "work/tools.h"

namespace rolecall {

// Carries the pending run out until it has a final status, which is returned. After stop the run is
// aborted, with its counts so far. Changes nothing of a run that is not pending: kConflict while
// another worker has it. Fails where the database fails for good: the run is then `error` if that
// could still be written.
Result<RunStatus> WorkRun(const WorkTools& tools, std::int64_t user_id, std::int64_t run_id,
                          RunLog& log, std::stop_token stop);

}  // namespace rolecall
