// rolecall runs compare.
#pragma once

#include "cli/command.h"

namespace rolecall {

void AddCompareRuns(CommandLine& line, CLI::App& runs);

}  // namespace rolecall
