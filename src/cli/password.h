// Reads a password from whoever starts the program.
#pragma once

#include <string>

#include "base/error.h"

namespace rolecall {

// From a terminal it is asked for twice and not shown; from a pipe it is the first line. `in` is
// the descriptor to read. kInvalidInput where both differ or nothing comes, kCancelled on Ctrl-C.
// How long a password must be is for others to say. Made before other threads are.
Result<std::string> ReadNewPassword(int in);

}  // namespace rolecall
