// The folder of definitions that whoever runs the program brings along.
#pragma once

#include "app/config.h"
#include "base/error.h"

namespace rolecall {

// Makes the kinds of board in the definitions folder known. Before threads start. kInvalidInput on
// a folder that cannot be read and on a bad definition, naming file and key.
Result<void> LoadDefinitions(const Config& config);

}  // namespace rolecall
