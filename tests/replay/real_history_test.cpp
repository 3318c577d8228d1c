// Holds the made history against what is known of real ones.
#include "tests/replay/real_history.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace rolecall {
namespace {

struct Shape {
  int openings = 0, endings = 0;
  int back_next = 0, back_later = 0;  // after a round of absence, and after two
  int failed = 0;                     // readings
};

void Count(const Opening& opening, Shape& shape) {
  ++shape.openings;
  if (opening.ended < kRounds) ++shape.endings;
  for (const Glitch& glitch : opening.glitches) {
    if (!IsListed(opening, glitch.from - 1) || !IsListed(opening, glitch.until)) continue;
    ++(glitch.until - glitch.from == 1 ? shape.back_next : shape.back_later);
  }
}

Shape ShapeOf(const RealHistory& history) {
  Shape shape;
  for (const HistoryBoard& board : history.boards) {
    for (const Opening& opening : board.openings) Count(opening, shape);
    shape.failed += static_cast<int>(std::ranges::count(board.answers, false));
  }
  return shape;
}

TEST(ARealHistory, LosesAndRegainsAsRealBoardsDo) {
  for (const std::uint32_t seed : {1U, 2U, 46U}) {
    const Shape shape = ShapeOf(MakeRealHistory(seed));

    EXPECT_NEAR(shape.openings, 3'700, 300) << seed;
    EXPECT_NEAR(shape.endings, 1'600, 250) << seed;
    const double back = shape.back_next + shape.back_later;
    EXPECT_NEAR(back / (back + shape.endings), 1 / 3.0, 0.02) << seed;
    EXPECT_NEAR(shape.back_next / back, 0.5, 0.15) << seed;
    EXPECT_NEAR(shape.failed / double{kBoards * kRounds}, 0.01, 0.005) << seed;
  }
}

TEST(ARealHistory, HasManySmallBoardsAndAFewLargeOnes) {
  const RealHistory history = MakeRealHistory(1);

  std::vector<std::ptrdiff_t> sizes;
  for (const HistoryBoard& board : history.boards)
    sizes.push_back(std::ranges::count(board.openings, 0, &Opening::opened));
  EXPECT_EQ(sizes.size(), kBoards);
  EXPECT_GE(std::ranges::count_if(sizes, [](auto size) { return size >= 5 && size <= 20; }), 150);
  EXPECT_GE(std::ranges::count_if(sizes, [](auto size) { return size >= 100; }), 2);
}

TEST(ARealHistory, HasRoundsALittleUnderAndOverADayApart) {
  const RealHistory history = MakeRealHistory(1);

  int under = 0;
  for (std::size_t round = 1; round < kRounds; ++round) {
    const auto gap = history.begins[round] - history.begins[round - 1];
    EXPECT_LE(std::chrono::abs(gap - std::chrono::hours(24)), std::chrono::minutes(10));
    if (gap < std::chrono::hours(24)) ++under;
  }
  EXPECT_GT(under, 10);
  EXPECT_LT(under, 35);
}

}  // namespace
}  // namespace rolecall
