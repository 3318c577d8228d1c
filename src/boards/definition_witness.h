// The table `witness` of a definition: what a job's own address says of its fate.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "boards/definition.h"

namespace rolecall {

// Nothing where there is no such table. `with_id`: the holes of a job's addresses.
Result<void> ReadWitness(DefinitionTable& witness, std::string_view origin,
                         BoardDefinition& definition, const std::vector<std::string>& with_id);

}  // namespace rolecall
