// Openings come and go first; what boards get wrong is laid over them.
#include "tests/replay/real_history.h"

#include <algorithm>

#include "tests/replay/draws.h"
#include "tests/replay/glitches.h"
#include "tests/replay/market.h"

namespace rolecall {
namespace {

// Most are over by the next round; some sites are down for days.
void FailReadings(std::vector<HistoryBoard>& boards, Draws& draws) {
  for (HistoryBoard& board : boards)
    for (std::size_t round = 1; round < kRounds; ++round)
      if (draws.PerMille(8)) {
        const auto lasts = static_cast<std::size_t>(draws.PerMille(800) ? 1 : draws.Between(2, 3));
        for (std::size_t i = round; i < std::min<std::size_t>(round + lasts, kRounds); ++i)
          board.answers[i] = false;
      }
}

}  // namespace

bool IsListed(const Opening& opening, int round) {
  return opening.opened <= round && round < opening.ended &&
         std::ranges::none_of(
             opening.glitches,
             [&](const Glitch& glitch) { return glitch.from <= round && round < glitch.until; });
}

bool PageStands(const Opening& opening, int round) {
  return opening.opened <= round && round < opening.page_ended &&
         std::ranges::none_of(
             opening.glitches,
             [&](const Glitch& glitch) {
               return glitch.from <= round && round < glitch.until && !glitch.page_stands;
             });
}

RealHistory MakeRealHistory(std::uint32_t seed) {
  Draws draws(seed);
  RealHistory history;
  MoveMarket(history.boards, draws);
  LayGlitches(history.boards, draws);
  FailReadings(history.boards, draws);
  for (int round = 0; round < kRounds; ++round)
    history.begins.push_back(std::chrono::hours(24 * round) +
                             std::chrono::seconds(draws.Below(600)));
  return history;
}

}  // namespace rolecall
