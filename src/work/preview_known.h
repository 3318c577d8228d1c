// What a run would do, by what the database holds alone.
#pragma once

#include <stop_token>

#include "work/preview.h"
#include "work/tools.h"

namespace rolecall {

// Asks nobody, neither boards nor own addresses, whatever the order's source: plans with what a
// preview of the last 15 minutes kept of a board and nothing newer follows, else with the jobs that
// are known to be open there. One company after the other, on this thread. kCancelled after stop,
// kStorage or kUnavailable where the database fails.
Result<Preview> PreviewKnown(const WorkTools& tools, const PreviewOrder& order,
                             std::stop_token stop);

}  // namespace rolecall
