// The large boards come first in the list, then the middling ones.
#include "tests/replay/market.h"

#include <fmt/format.h>

#include <algorithm>

namespace rolecall {
namespace {

constexpr int kLarge = 3, kMiddling = 7;  // boards
constexpr int kClearings = 6;             // rounds in which a board ends many at once

// Many of 5 to 20, some of 20 to 60, a few of 100 to 300.
int SizeOf(int board, Draws& draws) {
  if (board < kLarge) return std::min(draws.Between(100, 300), draws.Between(100, 300));
  if (board < kLarge + kMiddling) return draws.Between(20, 60);
  return std::min({draws.Between(5, 20), draws.Between(5, 20), draws.Between(5, 20)});
}

// Few people close openings on a weekend.
int EndsPerMille(int round) { return round % 7 < 5 ? 19 : 5; }

class Market {
 public:
  Market(std::vector<HistoryBoard>& boards, Draws& draws) : boards_(boards), draws_(draws) {}

  void Open() {
    for (int board = 0; board < kBoards; ++board) {
      boards_.push_back({.token = fmt::format("board{}", board), .openings = {}});
      sizes_.push_back(SizeOf(board, draws_));
      for (int i = 0; i < sizes_.back(); ++i) Add(boards_.back(), 0);
    }
  }

  void Move(int round) {
    for (std::size_t i = 0; i < boards_.size(); ++i) {
      for (Opening& opening : boards_[i].openings)
        if (opening.ended == kNever && draws_.PerMille(EndsPerMille(round))) End(opening, round);
      for (int lacking = sizes_[i] - Open(boards_[i]); lacking > 0; --lacking)
        if (draws_.PerMille(300)) Add(boards_[i], round);
    }
  }

  void Clear(int round) {
    HistoryBoard& board = OfAnyOpening();
    const int share = draws_.Between(200, 500);
    for (Opening& opening : board.openings)
      if (opening.opened < round && opening.ended == kNever && draws_.PerMille(share))
        End(opening, round);
  }

  // One of the small boards, for good.
  void Shut(int round) {
    const int board = draws_.Between(kLarge + kMiddling, kBoards - 1);
    sizes_[static_cast<std::size_t>(board)] = 0;
    for (Opening& opening : boards_[static_cast<std::size_t>(board)].openings)
      if (opening.ended == kNever) End(opening, round);
  }

 private:
  static int Open(const HistoryBoard& board) {
    return static_cast<int>(std::ranges::count(board.openings, kNever, &Opening::ended));
  }

  // The larger a board, the sooner it is met.
  HistoryBoard& OfAnyOpening() {
    int left = draws_.Below(next_);
    const auto found = std::ranges::find_if(boards_, [&](const HistoryBoard& board) {
      left -= static_cast<int>(board.openings.size());
      return left < 0;
    });
    return *found;
  }

  void Add(HistoryBoard& board, int round) {
    board.openings.push_back({.number = 4'000'000 + next_++, .opened = round, .glitches = {}});
  }

  // One in twelve own addresses is a day late, and one in a hundred stands for a week.
  void End(Opening& opening, int round) {
    opening.ended = round;
    const int late = draws_.Below(1'000);
    opening.page_ended = round + (late < 10 ? 7 : late < 90 ? 1 : 0);
  }

  std::vector<HistoryBoard>& boards_;
  Draws& draws_;
  std::vector<int> sizes_;
  int next_ = 0;
};

}  // namespace

void MoveMarket(std::vector<HistoryBoard>& boards, Draws& draws) {
  Market market(boards, draws);
  market.Open();
  std::vector<int> clearings(kRounds);
  for (int i = 0; i < kClearings; ++i)
    ++clearings[static_cast<std::size_t>(draws.Between(1, kRounds - 1))];
  const int shut = draws.Between(5, kRounds - 5);
  for (int round = 1; round < kRounds; ++round) {
    if (round == shut) market.Shut(round);
    market.Move(round);
    for (int i = 0; i < clearings[static_cast<std::size_t>(round)]; ++i) market.Clear(round);
  }
}

}  // namespace rolecall
