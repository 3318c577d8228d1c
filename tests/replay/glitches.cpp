// The large glitches first, as long as no board has another; single ones fill up.
#include "tests/replay/glitches.h"

#include <algorithm>

namespace rolecall {
namespace {

constexpr int kEmptyAnswers = 3, kShrunkBoards = 4, kParts = 22;
constexpr int kLosesPage = 10;  // per mille: its own address is gone for as long

bool EndsWithin(const Opening& opening) { return opening.ended < kRounds; }

// Listed in the round before the glitch, and again in the one after it.
bool ComesBack(const Opening& opening, int from, int until) {
  return opening.opened < from && until < opening.ended && until < kRounds;
}

bool Meets(const Opening& opening, int from, int until) {
  return std::ranges::any_of(opening.glitches, [&](const Glitch& other) {
    return other.from <= until && from <= other.until;
  });
}

class Layer {
 public:
  Layer(std::vector<HistoryBoard>& boards, Draws& draws) : boards_(boards), draws_(draws) {
    for (HistoryBoard& board : boards)
      for (Opening& opening : board.openings) {
        all_.push_back({&board, &opening});
        if (EndsWithin(opening)) ++endings_;
      }
  }

  int left() const { return endings_ / 2 - laid_; }

  // Of `per_mille` of a board's openings. `board` has had none yet.
  void LayOnBoard(HistoryBoard& board, int per_mille) {
    const auto [from, until] = AnyTime();
    for (Opening& opening : board.openings) {
      // An empty answer lacks also what opens or ends meanwhile.
      if (per_mille < 1'000 && !ComesBack(opening, from, until)) continue;
      if (draws_.PerMille(per_mille)) Lay(opening, from, until);
    }
  }

  void LayOnOne() {
    const auto [from, until] = AnyTime();
    Opening& opening = *AnyOpening().opening;
    if (ComesBack(opening, from, until) && !Meets(opening, from, until)) Lay(opening, from, until);
  }

  // The larger a board, the sooner it is met.
  HistoryBoard& BoardOfAnyOpening() { return *AnyOpening().board; }
  HistoryBoard& AnyBoard() { return boards_[static_cast<std::size_t>(draws_.Below(kBoards))]; }

 private:
  struct Placed {
    HistoryBoard* board;
    Opening* opening;
  };
  struct Time {
    int from, until;
  };

  Placed& AnyOpening() {
    return all_[static_cast<std::size_t>(draws_.Below(static_cast<int>(all_.size())))];
  }

  Time AnyTime() {
    const int from = draws_.Between(1, kRounds - 3);
    return {from, from + draws_.Between(1, 2)};
  }

  void Lay(Opening& opening, int from, int until) {
    opening.glitches.push_back(
        {.from = from, .until = until, .page_stands = !draws_.PerMille(kLosesPage)});
    if (ComesBack(opening, from, until)) ++laid_;
  }

  std::vector<HistoryBoard>& boards_;
  Draws& draws_;
  std::vector<Placed> all_;
  int endings_ = 0;
  int laid_ = 0;
};

}  // namespace

void LayGlitches(std::vector<HistoryBoard>& boards, Draws& draws) {
  Layer layer(boards, draws);
  std::vector<const HistoryBoard*> struck;
  const auto lay = [&](HistoryBoard& board, int per_mille) {
    if (std::ranges::find(struck, &board) != struck.end()) return;
    struck.push_back(&board);
    layer.LayOnBoard(board, per_mille);
  };
  for (int i = 0; i < kEmptyAnswers; ++i) lay(layer.AnyBoard(), 1'000);
  for (int i = 0; i < kShrunkBoards; ++i) {
    HistoryBoard& board = layer.AnyBoard();
    lay(board, draws.Between(600, 900));
  }
  for (int i = 0; i < kParts; ++i) {
    HistoryBoard& board = layer.BoardOfAnyOpening();
    lay(board, draws.Between(100, 500));
  }
  while (layer.left() > 0) layer.LayOnOne();
}

}  // namespace rolecall
