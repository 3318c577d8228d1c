// A run as a person reads it once it ended.
#pragma once

#include <string>

#include "cli/terminal/terminal.h"
#include "store/runs/runs.h"

namespace rolecall {

// Every count of every company that is not 0 everywhere, the totals, and each warning. `width` of
// the terminal, 0 where there is none.
std::string RunSummary(const RunRecord& run, int width, const Paint& paint);

// "3.2 s", or nothing where the run has not begun or not ended.
std::string Duration(const RunRecord& run);

Tone ToneOf(RunStatus status);

}  // namespace rolecall
