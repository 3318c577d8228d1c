// Times as people write them when they ask for what is new.
#include "domain/since.h"

#include <gtest/gtest.h>

namespace rolecall {
namespace {

constexpr Timestamp kTestNow{std::chrono::milliseconds(1'790'000'000'000)};

std::optional<Timestamp> Since(std::string_view text) {
  return ReadSince(text, kTestNow, UtcMidnight);
}

TEST(ReadSince, TakesTimesAgo) {
  EXPECT_EQ(Since("36h"), kTestNow - std::chrono::hours(36));
  EXPECT_EQ(Since("7d"), kTestNow - std::chrono::days(7));
  EXPECT_EQ(Since("2w"), kTestNow - std::chrono::weeks(2));
}

TEST(ReadSince, TakesDaysWhereThePersonIs) {
  const auto an_hour_early = [](std::chrono::year_month_day day) -> std::optional<Timestamp> {
    return *UtcMidnight(day) - std::chrono::hours(1);
  };

  EXPECT_EQ(Since("2026-11-24"), FromIso("2026-11-24T00:00:00Z"));
  EXPECT_EQ(ReadSince("2026-11-24", kTestNow, an_hour_early), FromIso("2026-11-23T23:00:00Z"));
}

TEST(ReadSince, TakesMoments) {
  EXPECT_EQ(Since("2026-11-24T02:41:15.123Z"), FromIso("2026-11-24T02:41:15.123Z"));
  EXPECT_EQ(Since("2026-11-24T02:41:15Z"), FromIso("2026-11-24T02:41:15.000Z"));
}

TEST(ReadSince, TakesNothingElse) {
  for (const char* text :
       {"", "yesterday", "7", "7m", "-7d", "100001h", "2026-02-30", "2026-11-24T25:00:00Z"})
    EXPECT_EQ(Since(text), std::nullopt) << text;
}

}  // namespace
}  // namespace rolecall
