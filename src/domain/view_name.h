// What a user calls a view.
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"

namespace rolecall {

// Without blanks around it. kInvalidInput where what is left is not 1 to 80 bytes that print on one
// line, or could be no part of an address: with a '/', or "." or ".." alone. The message says what
// it must be, and repeats nothing of it.
Result<std::string> ReadViewName(std::string_view written);

}  // namespace rolecall
