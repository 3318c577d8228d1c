// One JSON answer of a board, read in one pass.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "boards/entry.h"

namespace rolecall {

// `holes`: what fills the definition's templates, but for what entries fill. kUpstream, saying what
// was found, where the body is not what the board promises.
Result<ListingPage> ReadPage(const BoardAddress& address, const Holes& holes,
                             std::string_view body);

// What stands at the parts, in the order of the document; kUpstream where the body is no JSON. An
// object is the text "{}".
Result<std::vector<Piece>> ReadPieces(std::string_view body, const TextParts& parts);

// The value at the pointer, or nothing where there is none.
Result<std::optional<std::string>> ReadValue(std::string_view body, const Pointer& pointer);

}  // namespace rolecall
