// A run's life on one screen.
#pragma once

#include <cstdint>
#include <stop_token>

#include "domain/run_state.h"
#include "work/tools.h"

namespace rolecall {

// Carries the run out, together with whoever else works on it, until it has a final status, which
// is returned. After stop the run is aborted, with its counts so far. Fails where the database
// refuses (the run is then `error`, if that could still be written), and where it was away for too
// long: whoever comes takes the run up.
Result<RunStatus> WorkRun(const WorkTools& tools, std::int64_t user_id, std::int64_t run_id,
                          RunLog& log, std::stop_token stop);

}  // namespace rolecall
