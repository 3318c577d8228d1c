// Reads a password from whoever starts the program.
#pragma once

#include <stop_token>
#include <string>

#include "base/error.h"

namespace rolecall {

// From a terminal it is asked for twice and not shown; from a pipe it is the first line. `in` is
// the descriptor to read. kInvalidInput where both differ or nothing comes, kCancelled once it is
// to stop. How long a password must be is for others to say.
Result<std::string> ReadNewPassword(int in, const std::stop_token& stop);

}  // namespace rolecall
