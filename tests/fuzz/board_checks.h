// What must hold of whatever is read of a board, said once for all targets that read boards.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tests/fuzz/board_input.h"

namespace rolecall {

// Complete, or but for a few.
bool IsWholeListing(const Listing& listing);

void CheckContent(const JobContent& content);

// Limits, texts, ids that are unique, a trouble where there is one and none where a listing is
// complete.
void CheckReading(const BoardReading& reading);

// Reads the answers, and checks what is read, its contents too: twice, which must be the same; and
// once more without one of the answers that were used, as `left_out` picks it, which must not be
// complete.
BoardReading CheckedReading(const BoardAddress& board, const std::vector<Response>& answers,
                            std::size_t left_out);

// All that a listing says, as one text.
std::string Told(const Listing& listing);

}  // namespace rolecall
