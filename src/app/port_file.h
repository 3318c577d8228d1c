// Tells whoever started the program on port 0 which one it got.
#pragma once

#include <string>

#include "base/error.h"

namespace rolecall {

// Whole or not at all: whoever waits for the file reads the port. kInvalidInput where it cannot be
// written.
Result<void> WritePort(const std::string& path, int port);

}  // namespace rolecall
