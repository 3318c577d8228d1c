// Times where summer time comes and goes.
#include "cli/terminal/local_time.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <ctime>

namespace rolecall {
namespace {

using std::chrono::year_month_day;

class LocalTime : public testing::Test {
 protected:
  LocalTime() { Be("CET-1CEST,M3.5.0,M10.5.0/3"); }
  ~LocalTime() override { Be(before_); }

 private:
  static void Be(const char* zone) {
    if (zone == nullptr)
      unsetenv("TZ");
    else
      setenv("TZ", zone, 1);
    tzset();
  }
  const char* before_ = std::getenv("TZ");
};

Timestamp At(std::string_view text) { return FromIso(text).value(); }

TEST_F(LocalTime, SaysItsZone) {
  EXPECT_EQ(LocalMinute(At("2026-11-24T23:41:15.999Z")), "2026-11-25 00:41 CET");
  EXPECT_EQ(LocalSecond(At("2026-07-01T23:41:15.999Z")), "2026-07-02 01:41:15 CEST");
  EXPECT_EQ(LocalDay(At("2026-11-24T23:41:15.999Z")), "2026-11-25");
}

TEST_F(LocalTime, BeginsADayWhereThePersonIs) {
  using namespace std::chrono_literals;
  EXPECT_EQ(LocalMidnight(year_month_day(2026y, std::chrono::November, 24d)),
            At("2026-11-23T23:00:00Z"));
  EXPECT_EQ(LocalMidnight(year_month_day(2026y, std::chrono::July, 1d)),
            At("2026-06-30T22:00:00Z"));
}

}  // namespace
}  // namespace rolecall
