// What is told of a board by what is known of it.
#include "forms/health_form.h"

#include <gtest/gtest.h>

namespace rolecall {
namespace {

constexpr Timestamp kThen{std::chrono::milliseconds(1'790'000'000'000)};

HealthForm Told(const BoardHealth& health) {
  return HealthOf(/*zero_proves_nothing=*/false, health);
}

BoardHealth Read(std::string completeness) {
  BoardHealth health;
  health.confirmed_at = kThen;
  health.latest = std::move(completeness);
  health.failing_since = kThen;
  health.trouble = "HTTP 502";
  return health;
}

TEST(HealthOf, IsUnreadBeforeTheFirstReading) { EXPECT_EQ(Told({}).state, HealthState::kUnread); }

TEST(HealthOf, IsAsTheLastReadingWas) {
  EXPECT_EQ(Told(Read("complete")).state, HealthState::kOk);
  EXPECT_EQ(Told(Read("partial")).state, HealthState::kPartial);
  EXPECT_EQ(Told(Read("failed")).state, HealthState::kFailing);
  EXPECT_EQ(Told(Read("failed")).why, "HTTP 502");
}

TEST(HealthOf, IsWholeButForAFewWhereItsLastListingWas) {
  BoardHealth health = Read("partial");
  health.but_for = 2;
  health.latest_is_whole = true;
  health.but_for_what = "page 1, entry 31: an entry without title";

  EXPECT_EQ(Told(health).state, HealthState::kWholeButFor);
  EXPECT_EQ(Told(health).why, "page 1, entry 31: an entry without title");
  health.latest_is_whole = false;
  EXPECT_EQ(Told(health).state, HealthState::kPartial);
}

TEST(HealthOf, FailsWhereTheLastRunCameToNoReading) {
  BoardHealth health = Read("complete");
  health.not_read = "the database is full";
  health.not_read_at = kThen;

  EXPECT_EQ(Told(health).state, HealthState::kFailing);
  EXPECT_EQ(Told(health).why, "the database is full");
}

}  // namespace
}  // namespace rolecall
