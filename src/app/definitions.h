// The kinds of board: those that are built in, and those of the folder of definitions that whoever
// runs the program brings along.
#pragma once

#include <memory>

#include "app/config.h"
#include "base/error.h"
#include "boards/board_registry.h"

namespace rolecall {

// kInvalidInput on a folder that cannot be read and on a bad definition, naming file and key.
Result<std::shared_ptr<const BoardRegistry>> ReadKinds(const Config& config);

}  // namespace rolecall
