// Lays over a market what boards wrongly leave out for a round or two.
#pragma once

#include <vector>

#include "tests/replay/draws.h"
#include "tests/replay/real_history.h"

namespace rolecall {

// So many that of all that vanish a third comes back: half of those in the next round already, the
// others a round later. Single openings mostly; some parts of a board; rarely nearly a whole board,
// or all of it.
void LayGlitches(std::vector<HistoryBoard>& boards, Draws& draws);

}  // namespace rolecall
