// Where a value stands in a JSON document: RFC 6901.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace rolecall {

// The keys on the way to a value, unescaped; a number among them is also an index of an array, and
// "*" each of its elements.
using Pointer = std::vector<std::string>;

// Reads "/location/name"; "~1" is a slash in a key, "~0" a tilde. kInvalidInput where it is no
// pointer, or names the whole document or an empty key, which no board has.
Result<Pointer> ReadPointer(std::string_view text);

// As ReadPointer reads it.
std::string ShowPointer(const Pointer& pointer);

}  // namespace rolecall
