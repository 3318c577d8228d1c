// The path that all addresses of the interface have before them, behind a proxy.
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"

namespace rolecall {

// "/rolecall" of "/rolecall" or "/rolecall/"; "" of "/". kInvalidInput where it begins with no '/',
// holds what no path of an address holds, or begins as an address of the interface itself does.
Result<std::string> ReadBasePath(std::string_view text);

}  // namespace rolecall
