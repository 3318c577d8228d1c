// What befalls the boards of a demonstration, round by round: failures, half listings, jobs that
// vanish and come back.
#pragma once

#include "base/error.h"
#include "sim/board_sim.h"

namespace rolecall {

// Rounds from 0 that a new demonstration has behind it, one a weekday.
inline constexpr int kPastRounds = 15;

// Lays over the boards what befalls them in this round. Those of before were laid before.
Result<void> LayRound(BoardSim& boards, int round);

}  // namespace rolecall
