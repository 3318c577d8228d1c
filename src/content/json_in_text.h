// JSON that stands in a text of something else, such as a script.
#pragma once

#include <string_view>

namespace rolecall {

// The first object or list in the text, up to the bracket that closes it; what stands in its texts
// does not count as brackets. Empty where there is none, or where it never ends.
std::string_view JsonIn(std::string_view text);

}  // namespace rolecall
