// Which jobs made a number of a run, whichever of its numbers that is.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "db/db.h"
#include "store/runs/runs.h"

namespace rolecall {

inline constexpr std::array<std::string_view, 11> kRunCounts{
    "total",     "ready",    "skipped", "failed",   "new",    "changed",
    "unchanged", "reopened", "missing", "withheld", "expired"};

// In the order of ids, each once; `count` is one of kRunCounts. What LoadJobsOfFate loads fails as
// it does. The others are of what KeepJobsOfRun kept: kConflict where the run is active, or what
// was kept of it is not all, or not any more.
Result<std::vector<std::int64_t>> LoadJobsOfCount(Connection& db, const RunOfUser& run,
                                                  std::string_view count);

}  // namespace rolecall
