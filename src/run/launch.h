// Hands runs to a worker that is elsewhere, and again where nobody took them up.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>

#include "base/clock.h"
#include "base/error.h"
#include "db/db.h"
#include "domain/run_state.h"
#include "store/runs/launches.h"

namespace rolecall {

enum class Launched : std::uint8_t {
  kQueued,
  kDoubtful,  // nobody knows whether it arrived
};

// Asks for a worker; whoever wires the program hands it in. An error is a refusal, in a sentence
// for a person. A worker that is asked for twice does no harm.
using InvokeWorker = std::function<Result<Launched>(const LaunchableRun& run)>;

// After so long without a sign of life a run counts as left.
inline constexpr std::chrono::minutes kTakenUpWithin{2};
// A run that nobody took up is launched again so often.
inline constexpr int kMostRelaunches = 3;

// Of a run that was just started. A refusal ends the run as `error` ("Failed to start worker: …")
// and is returned, as kUpstream. Where the database fails meanwhile, the run stays as it is, to be
// launched by the next look.
Result<void> LaunchRun(Database& database, const RunOfUser& run, const InvokeWorker& invoke,
                       Timestamp now);

// Launches the runs that were left, whoever started them, at most so many of them. One that nobody
// took up in four launches ends as `error`. A refusal is returned, and counts as a launch.
Result<void> LaunchLeftRuns(Database& database, const InvokeWorker& invoke, Timestamp now,
                            std::size_t most = 1'000);

}  // namespace rolecall
