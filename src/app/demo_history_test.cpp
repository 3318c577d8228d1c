// On which days a demonstration has runs behind it.
#include "app/demo_history.h"

#include <gmock/gmock.h>

#include "app/demo_script.h"

namespace rolecall {
namespace {
using std::chrono::sys_days;
using namespace std::chrono_literals;

// 2026-11-29 is a Sunday.
constexpr sys_days kSunday{std::chrono::year{2026} / 11 / 29};

TEST(MorningsBefore, AreThoseOfTheLastThreeWeeksWithoutTheirWeekends) {
  const auto mornings = MorningsBefore(kSunday + 12h);

  ASSERT_EQ(mornings.size(), kPastRounds);
  EXPECT_EQ(ToIso(mornings.front()), "2026-11-09T06:00:00.000Z");
  EXPECT_EQ(ToIso(mornings[4]), "2026-11-13T06:20:00.000Z");
  EXPECT_EQ(ToIso(mornings[5]), "2026-11-16T06:25:00.000Z");
  EXPECT_EQ(ToIso(mornings.back()), "2026-11-27T07:10:00.000Z");
}

TEST(MorningsBefore, LeaveOutTodayUntilItsRunIsLongOver) {
  EXPECT_EQ(ToIso(MorningsBefore(kSunday + 24h + 8h).back()), "2026-11-27T07:10:00.000Z");
  EXPECT_EQ(ToIso(MorningsBefore(kSunday + 24h + 9h).back()), "2026-11-30T07:10:00.000Z");
}

TEST(WeekdaysFrom, AreTheDaysOfTheMornings) {
  const auto mornings = MorningsBefore(kSunday + 12h);

  const auto weekdays = WeekdaysFrom(sys_days(std::chrono::year{2026} / 11 / 9));

  ASSERT_EQ(weekdays.size(), mornings.size());
  for (std::size_t i = 0; i < mornings.size(); ++i)
    EXPECT_EQ(weekdays[i], std::chrono::floor<std::chrono::days>(mornings[i]));
}

}  // namespace
}  // namespace rolecall
