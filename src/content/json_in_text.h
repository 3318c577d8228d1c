// JSON that stands in a text of something else, such as a script.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace rolecall {

// The first object or list in the text, up to the bracket that closes it; what stands in its texts
// does not count as brackets. Empty where there is none, or where it never ends.
std::string_view JsonIn(std::string_view text);

// The JSON right behind the markers, each behind the one before; escapes that would break it are
// mended. kUpstream, naming the marker, where one is missing or no JSON ends behind the last.
Result<std::string> JsonBehind(std::string_view page, const std::vector<std::string>& markers);

}  // namespace rolecall
