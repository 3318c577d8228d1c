// When an absent job may leave: two witnesses, patience, the guard, and the empty board.
#include "domain/expiry.h"

#include <gtest/gtest.h>

#include "tests/property/builders.h"

namespace rolecall {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr ExpiryPolicy kTwoWitnesses{};
constexpr ExpiryPolicy kOneWitness{.has_second_witness = false};

// The board lists its jobs 1 to `listed`; the others' own addresses all say the same.
BoardPlan PlanFor(const KnownBoard& known, int listed, Witness others, const ExpiryPolicy& policy) {
  return Reconcile(known, Complete(MakeListed(1, listed)),
                   AllSay(others, listed + 1, static_cast<int>(known.jobs.size())), policy, kNoon);
}

TEST(TwoWitnesses, ExpireAJobThatIsAbsentAndGoneAtItsOwnAddress) {
  const BoardPlan plan = PlanFor(MakeKnownBoard(5), 4, Witness::kGone, kTwoWitnesses);

  ASSERT_EQ(plan.Count(BoardFate::kExpired), 1);
  EXPECT_EQ(plan.jobs.back().reason, ExpiredReason::kGone);
  EXPECT_EQ(plan.jobs.back().witness, Witness::kGone);
  EXPECT_EQ(plan.jobs.back().id, 105);
  EXPECT_FALSE(plan.doubtful);
}

TEST(TwoWitnesses, LeaveAJobMissingWhoseOwnAddressDoesNotSayGone) {
  for (const Witness witness : {Witness::kNotAsked, Witness::kStands, Witness::kUnclear}) {
    const BoardPlan plan = PlanFor(MakeKnownBoard(5), 4, witness, kTwoWitnesses);
    EXPECT_EQ(plan.Count(BoardFate::kMissing), 1) << static_cast<int>(witness);
  }
}

TEST(TwoWitnesses, NeverExpireAJobThatTheListingShows) {
  const BoardPlan plan = Reconcile(MakeKnownBoard(5), Complete(MakeListed(1, 5)),
                                   AllSay(Witness::kGone, 1, 5), kTwoWitnesses, kNoon);

  EXPECT_EQ(plan.Count(BoardFate::kUnchanged), 5);
}

TEST(TwoWitnesses, KeepAJobWhosePageStandsForFourteenDaysAndThenDelistIt) {
  KnownBoard before = MakeKnownBoard(5), after = MakeKnownBoard(5);
  MakeMissing(before, 5, 5, hours(14 * 24) - minutes(1), 20);
  MakeMissing(after, 5, 5, hours(14 * 24), 20);

  EXPECT_EQ(PlanFor(before, 4, Witness::kStands, kTwoWitnesses).Count(BoardFate::kMissing), 1);
  const BoardPlan plan = PlanFor(after, 4, Witness::kStands, kTwoWitnesses);

  ASSERT_EQ(plan.Count(BoardFate::kExpired), 1);
  EXPECT_EQ(plan.jobs.back().reason, ExpiredReason::kDelisted);
}

TEST(OneWitness, ExpiresAJobAbsentFromTwoListingsADayApart) {
  KnownBoard before = MakeKnownBoard(5), after = MakeKnownBoard(5);
  MakeMissing(before, 5, 5, hours(24) - minutes(1), 1);
  MakeMissing(after, 5, 5, hours(24), 1);

  EXPECT_EQ(
      PlanFor(MakeKnownBoard(5), 4, Witness::kNotAsked, kOneWitness).Count(BoardFate::kMissing), 1);
  EXPECT_EQ(PlanFor(before, 4, Witness::kNotAsked, kOneWitness).Count(BoardFate::kMissing), 1);
  const BoardPlan plan = PlanFor(after, 4, Witness::kNotAsked, kOneWitness);

  ASSERT_EQ(plan.Count(BoardFate::kExpired), 1);
  EXPECT_EQ(plan.jobs.back().reason, ExpiredReason::kGone);
}

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
  known.baseline = {75, 75, 100, 100, 100};

  EXPECT_TRUE(PlanFor(known, 69, Witness::kStands, kTwoWitnesses).doubtful);
}

TEST(Guard, HoldsAboveHalfOfTheKnownJobsWhateverTheMedian) {
  KnownBoard known = MakeKnownBoard(100);
  known.baseline = {40, 40};

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

// The board read empty in earlier readings, the first of them `ago`.
KnownBoard ReadEmpty(int jobs, int readings, minutes ago) {
  KnownBoard known = MakeKnownBoard(jobs);
  MakeMissing(known, 1, jobs, ago, readings);
  return known;
}

TEST(EmptyBoard, ExpiresNobodyAtFirstWhateverOtherWitnessesSay) {
  const BoardPlan plan = PlanFor(MakeKnownBoard(3), 0, Witness::kGone, kTwoWitnesses);

  EXPECT_EQ(plan.Count(BoardFate::kMissing), 3);
  EXPECT_TRUE(plan.doubtful);
  EXPECT_EQ(plan.trouble,
            "0 jobs listed where 3 were known: nothing expires until 3 readings over 24 hours "
            "agree");
}

TEST(EmptyBoard, IsBelievedWhenReadThriceOverADay) {
  const BoardPlan plan = PlanFor(ReadEmpty(3, 2, hours(24)), 0, Witness::kGone, kTwoWitnesses);

  EXPECT_EQ(plan.Count(BoardFate::kExpired), 3);
  EXPECT_FALSE(plan.doubtful);
}

TEST(EmptyBoard, IsNotBelievedWhenReadTwiceOrWithinADay) {
  const KnownBoard twice = ReadEmpty(3, 1, hours(30));
  const KnownBoard soon = ReadEmpty(3, 9, hours(24) - minutes(1));

  EXPECT_TRUE(PlanFor(twice, 0, Witness::kGone, kTwoWitnesses).doubtful);
  EXPECT_TRUE(PlanFor(soon, 0, Witness::kGone, kTwoWitnesses).doubtful);
}

TEST(EmptyBoard, BeginsAnewAfterAListingThatShowedAJob) {
  KnownBoard known = ReadEmpty(3, 4, hours(40));
  known.complete[1].listed = 1;

  EXPECT_TRUE(PlanFor(known, 0, Witness::kGone, kTwoWitnesses).doubtful);
}

TEST(EmptyBoard, DoesNotCountEmptyReadingsBeforeItsJobsWereFirstSeen) {
  KnownBoard known = ReadEmpty(3, 4, hours(40));
  for (KnownJob& job : known.jobs) {  // a partial listing showed them after those readings
    job.missing_reading.reset();
    job.missing_since.reset();
    job.changed_reading = 20;
  }

  const BoardPlan plan = PlanFor(known, 0, Witness::kGone, kTwoWitnesses);

  EXPECT_EQ(plan.Count(BoardFate::kExpired), 0);
  EXPECT_TRUE(plan.doubtful);
}

TEST(EmptyBoard, IsNoFirstWitnessAgainstWhomAListingOfSomeJobsLacks) {
  for (const ExpiryPolicy& policy : {kOneWitness, kTwoWitnesses}) {
    const KnownBoard known = ReadEmpty(40, 1, hours(15 * 24));

    const BoardPlan plan = PlanFor(known, 35, Witness::kStands, policy);

    EXPECT_EQ(plan.Count(BoardFate::kExpired), 0);
    EXPECT_EQ(plan.Count(BoardFate::kMissing), 5);
    EXPECT_TRUE(plan.jobs.back().missing_anew);
  }
}

TEST(EmptyBoard, IsNoneOfTheListingsThatSettleWhatIsWithheld) {
  KnownBoard known = MakeKnownBoard(100);
  MakeMissing(known, 41, 100, hours(48), 2);
  known.complete[0].listed = 0;

  EXPECT_EQ(PlanFor(known, 40, Witness::kNotAsked, kOneWitness).Count(BoardFate::kWithheld), 60);
}

TEST(EmptyBoard, DelistsNobodyByEmptyReadingsFromBeforeItWasBelieved) {
  KnownBoard known = ReadEmpty(3, 3, hours(14 * 24));
  known.complete[1].at = kNoon - hours(30);
  known.complete[0].at = kNoon - hours(1);
  // A partial listing showed the first job after the first of them.
  known.jobs[0].missing_reading = known.complete[1].id;
  known.jobs[0].missing_since = known.complete[1].at;

  const BoardPlan plan = PlanFor(known, 0, Witness::kStands, kTwoWitnesses);

  EXPECT_FALSE(plan.doubtful);
  EXPECT_EQ(plan.Count(BoardFate::kMissing), 3);
}

TEST(EmptyBoard, DelistsByItsFirstEmptyReadingThoughSoManyWereMadeSinceThatItIsNotLoaded) {
  KnownBoard known = ReadEmpty(3, 3, hours(30 * 24));
  known.complete.clear();
  for (int ago = 1; ago <= 300; ++ago)
    known.complete.push_back({.id = 2'000 - ago, .at = kNoon - hours(ago), .listed = 0});

  const BoardPlan plan = PlanFor(known, 0, Witness::kStands, kTwoWitnesses);

  EXPECT_EQ(plan.Count(BoardFate::kExpired), 3);
  EXPECT_EQ(plan.jobs[0].reason, ExpiredReason::kDelisted);
}

TEST(EmptyBoard, IsNotDoubtedWhereNothingIsKnown) {
  KnownBoard known = MakeKnownBoard(1);
  known.jobs[0].expired = true;

  EXPECT_FALSE(PlanFor(known, 0, Witness::kNotAsked, kTwoWitnesses).doubtful);
}

TEST(ExpiredReason, HasTheNamesThatTheDatabaseKeeps) {
  EXPECT_EQ(Name(ExpiredReason::kGone), "gone");
  EXPECT_EQ(Name(ExpiredReason::kDelisted), "delisted");
  EXPECT_EQ(Name(ExpiredReason::kConfirmed), "confirmed");
  EXPECT_EQ(Name(ExpiredReason::kUnreachable), "unreachable");
  EXPECT_EQ(Name(ExpiredReason::kFiltered), "filtered");
  EXPECT_EQ(Name(ExpiredReason::kCompanyRemoved), "company_removed");
}

}  // namespace
}  // namespace rolecall
