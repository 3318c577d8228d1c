// What 192 career boards list in each of 46 daily rounds, made of a seed: the truth that a replay
// is measured against.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace rolecall {

inline constexpr int kBoards = 192;
inline constexpr int kRounds = 46;
inline constexpr int kNever = 1'000;  // a round that does not come

// Rounds in which an opening that is still to be had is not listed.
struct Glitch {
  int from = 0;
  int until = 0;  // the first that may list it again
  bool page_stands = true;
};

struct Opening {
  std::int64_t number = 0;  // no other of the history has it
  int opened = 0;           // the first round that may list it
  int ended = kNever;       // the first round in which it is no opening any more
  int page_ended = kNever;  // the first in which its own address says so: `ended`, or days later
  std::vector<Glitch> glitches;
};

bool IsListed(const Opening& opening, int round);
bool PageStands(const Opening& opening, int round);

struct HistoryBoard {
  std::string token;
  std::vector<Opening> openings;
  std::vector<bool> answers = std::vector<bool>(kRounds, true);  // by round; HTTP 502 else
};

struct RealHistory {
  std::vector<HistoryBoard> boards;
  std::vector<std::chrono::milliseconds> begins;  // each round, from the first
};

// The same seed, the same history, on every machine.
RealHistory MakeRealHistory(std::uint32_t seed);

}  // namespace rolecall
