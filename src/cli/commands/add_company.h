// rolecall companies add: a command of `companies`.
#pragma once

#include "cli/command.h"

namespace rolecall {

void AddCompaniesAdd(CommandLine& line, CLI::App& companies);

}  // namespace rolecall
