// One page of a board that lists its jobs in HTML.
#pragma once

#include <string_view>

#include "boards/entry.h"

namespace rolecall {

// As ReadPage. A page of another kind is an error, never an empty list; a row that lacks what a job
// needs, and a job that no row holds, are entries that cannot be read. The time grows with the size
// of the page, whatever its markup is.
Result<ListingPage> ReadHtmlPage(const BoardAddress& address, const Holes& holes,
                                 std::string_view body);

// Whether the page is part of one and shows nothing, as a site answers a request for rows behind
// its last. A page of its own (with a head, a body or a script) may keep something back.
bool ShowsNoRow(std::string_view body);

}  // namespace rolecall
