// Starts a run and shows it to its end.
#pragma once

#include <cstdint>
#include <stop_token>

#include "cli/command.h"
#include "run/start_run.h"

namespace rolecall {

enum class RunOutput : std::uint8_t { kSummary, kJson };

// Prints the run on stdout once it ended; returns the exit code. `order` lacks the user, which is
// the store's, and the trigger.
Result<int> RunAndWatch(const Config& config, OpenedStore& store, RunOrder order, RunOutput output,
                        std::stop_token stop);

}  // namespace rolecall
