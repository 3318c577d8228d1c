// rolecall companies import and export: commands of `companies`.
#pragma once

#include "cli/command.h"

namespace rolecall {

void AddCompaniesImport(CommandLine& line, CLI::App& companies);
void AddCompaniesExport(CommandLine& line, CLI::App& companies);

}  // namespace rolecall
