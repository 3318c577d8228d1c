// Openings as they come and go on the boards of a made history.
#pragma once

#include <vector>

#include "tests/replay/draws.h"
#include "tests/replay/real_history.h"

namespace rolecall {

// Fills `boards`, which are none yet. Each keeps about its size: what ends is followed by others
// within days. Most openings end one by one; now and then a board ends many at once, and one shuts.
void MoveMarket(std::vector<HistoryBoard>& boards, Draws& draws);

}  // namespace rolecall
