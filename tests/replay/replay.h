// Carries a made history through the program: a real store, a run a round, a clock that jumps.
#pragma once

#include <string_view>

#include "boards/board_registry.h"
#include "db/db.h"
#include "tests/replay/real_history.h"

namespace rolecall {

// When a round of a replay began.
Timestamp BeginOf(const RealHistory& history, int round);

// Follows all boards, as boards of that kind, and runs once a round. Expects of every run that it
// ends well, and that just those boards failed in it that did not answer.
void Replay(Database& database, const BoardRegistry& kinds, const RealHistory& history,
            std::string_view kind);

}  // namespace rolecall
