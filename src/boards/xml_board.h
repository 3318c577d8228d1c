// One XML answer of a board.
#pragma once

#include <string_view>

#include "boards/entry.h"

namespace rolecall {

// As ReadPage reads JSON (boards/json_board.h). Pointers name elements from the outermost on, all
// of one name where there are several; "*" is each element, "@name" an attribute. Nothing outside
// the answer is read, and no entity of its own is taken in.
Result<ListingPage> ReadXmlPage(const BoardAddress& address, const Holes& holes,
                                std::string_view body);

}  // namespace rolecall
