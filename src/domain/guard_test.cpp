// When so many would leave on one witness that they are withheld, and when that settles.
#include "domain/guard.h"

#include <gtest/gtest.h>

#include "tests/property/builders.h"

namespace rolecall {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

TEST(Guard, SparesNoMoreThanTenJobs) {
  EXPECT_FALSE(PlanFor(MakeKnownBoard(12), 2, Witness::kStands, kTwoWitnesses).doubtful);
  EXPECT_TRUE(PlanFor(MakeKnownBoard(13), 2, Witness::kStands, kTwoWitnesses).doubtful);
}

TEST(Guard, HoldsBelowSeventyPercentOfTheMedian) {
  EXPECT_FALSE(PlanFor(MakeKnownBoard(100), 70, Witness::kStands, kTwoWitnesses).doubtful);
  EXPECT_TRUE(PlanFor(MakeKnownBoard(100), 69, Witness::kStands, kTwoWitnesses).doubtful);
}

TEST(Guard, TakesTheMedianAndNotTheLastSize) {
  KnownBoard known = MakeKnownBoard(100);
  for (const std::size_t i : {0, 1}) known.complete[i].listed = 75;

  EXPECT_TRUE(PlanFor(known, 69, Witness::kStands, kTwoWitnesses).doubtful);
}

TEST(Guard, HoldsAboveHalfOfTheKnownJobsWhateverTheMedian) {
  KnownBoard known = MakeKnownBoard(100);
  for (PastReading& past : known.complete) past.listed = 40;

  EXPECT_FALSE(PlanFor(known, 50, Witness::kStands, kTwoWitnesses).doubtful);
  EXPECT_TRUE(PlanFor(known, 49, Witness::kStands, kTwoWitnesses).doubtful);
}

TEST(Guard, DoesNotCountJobsThatAreGoneAtTheirOwnAddress) {
  const BoardPlan plan = PlanFor(MakeKnownBoard(100), 20, Witness::kGone, kTwoWitnesses);

  EXPECT_EQ(plan.Count(BoardFate::kExpired), 80);
  EXPECT_FALSE(plan.doubtful);
}

TEST(Guard, WithholdsWhatWouldLeaveOnOneWitness) {
  KnownBoard known = MakeKnownBoard(100);
  MakeMissing(known, 41, 100, hours(30), 1);

  const BoardPlan plan = PlanFor(known, 40, Witness::kNotAsked, kOneWitness);

  EXPECT_EQ(plan.Count(BoardFate::kWithheld), 60);
  EXPECT_EQ(plan.Count(BoardFate::kExpired), 0);
  EXPECT_TRUE(plan.doubtful);
  EXPECT_FALSE(plan.settles);
  EXPECT_EQ(plan.trouble,
            "60 of 100 known jobs are gone from a listing of 40 (usually 100), on that evidence "
            "alone");
}

TEST(Guard, StillExpiresThoseGoneAtTheirOwnAddress) {
  KnownBoard known = MakeKnownBoard(100);
  const auto forty_one_is_gone = AllSay(Witness::kGone, 41, 41);

  const BoardPlan plan =
      Reconcile(known, Complete(MakeListed(1, 40)), forty_one_is_gone, kTwoWitnesses, kNoon);

  EXPECT_EQ(plan.Count(BoardFate::kExpired), 1);
  EXPECT_EQ(plan.Count(BoardFate::kMissing), 59);
  EXPECT_TRUE(plan.doubtful);
}

TEST(Guard, SettlesWhenThreeListingsOverTwoDaysAgree) {
  KnownBoard known = MakeKnownBoard(100);
  MakeMissing(known, 41, 100, hours(48), 2);

  const BoardPlan plan = PlanFor(known, 40, Witness::kNotAsked, kOneWitness);

  ASSERT_EQ(plan.Count(BoardFate::kExpired), 60);
  EXPECT_EQ(plan.jobs.back().reason, ExpiredReason::kConfirmed);
  EXPECT_TRUE(plan.settles);
  EXPECT_FALSE(plan.doubtful);
}

TEST(Guard, SettlesWhatAPersonAgreedToAndLeavesTheOthersWithheld) {
  KnownBoard known = MakeKnownBoard(100);
  MakeMissing(known, 41, 100, hours(30), 0);
  for (std::size_t i = 40; i < 100; ++i) known.jobs[i].withheld_since = kNoon - hours(5);
  for (std::size_t i = 40; i < 90; ++i) known.jobs[i].approved = true;

  const BoardPlan plan = PlanFor(known, 45, Witness::kNotAsked, kOneWitness);

  EXPECT_EQ(plan.Count(BoardFate::kExpired), 45);
  EXPECT_EQ(plan.Count(BoardFate::kWithheld), 10);
  EXPECT_TRUE(plan.settles);
}

TEST(Guard, ExpiresNothingThatAPersonAgreedToFromAnEmptyListing) {
  KnownBoard known = MakeKnownBoard(20);
  MakeMissing(known, 1, 20, hours(30), 0);
  for (KnownJob& job : known.jobs) {
    job.withheld_since = kNoon - hours(5);
    job.approved = true;
  }

  const BoardPlan plan = PlanFor(known, 0, Witness::kNotAsked, kOneWitness);

  EXPECT_EQ(plan.Count(BoardFate::kExpired), 0);
}

TEST(Guard, DoesNotSettleOnTwoListingsNorWithinTwoDays) {
  KnownBoard twice = MakeKnownBoard(100), soon = MakeKnownBoard(100);
  MakeMissing(twice, 41, 100, hours(48), 1);
  MakeMissing(soon, 41, 100, hours(48) - minutes(1), 9);

  EXPECT_EQ(PlanFor(twice, 40, Witness::kNotAsked, kOneWitness).Count(BoardFate::kWithheld), 60);
  EXPECT_EQ(PlanFor(soon, 40, Witness::kNotAsked, kOneWitness).Count(BoardFate::kWithheld), 60);
}

TEST(Guard, StaysDoubtfulWhileSomeAreWithheldThoughOthersSettled) {
  KnownBoard known = MakeKnownBoard(100);
  MakeMissing(known, 41, 70, hours(48), 2);
  MakeMissing(known, 71, 100, hours(30), 0);

  const BoardPlan plan = PlanFor(known, 40, Witness::kNotAsked, kOneWitness);

  EXPECT_EQ(plan.Count(BoardFate::kExpired), 30);
  EXPECT_EQ(plan.Count(BoardFate::kWithheld), 30);
  EXPECT_TRUE(plan.doubtful);
}

TEST(Guard, KeepsWhatItWithheldUntilThatSettlesThoughItNoLongerHolds) {
  KnownBoard known = MakeKnownBoard(100);
  MakeMissing(known, 89, 100, hours(30), 1);
  for (std::size_t i = 88; i < 100; ++i) known.jobs[i].withheld_since = kNoon - hours(5);

  const BoardPlan plan = PlanFor(known, 88, Witness::kNotAsked, kOneWitness);

  EXPECT_EQ(plan.Count(BoardFate::kWithheld), 12);
}

TEST(Guard, DoubtsAListingThatSettlesSomeAndLacksManyMore) {
  KnownBoard known = MakeKnownBoard(100);
  MakeMissing(known, 41, 100, hours(48), 2);

  // 1 to 5 are listed; 41 to 100 settle, and 6 to 40 are absent for the first time.
  const BoardPlan plan = PlanFor(known, 5, Witness::kNotAsked, kOneWitness);

  EXPECT_EQ(plan.Count(BoardFate::kExpired), 60);
  EXPECT_EQ(plan.Count(BoardFate::kMissing), 35);
  EXPECT_TRUE(plan.settles);
  EXPECT_TRUE(plan.doubtful);
}

}  // namespace
}  // namespace rolecall
