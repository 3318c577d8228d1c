// When so many would leave on one witness that they are withheld, and when that settles.
#include "domain/guard.h"

#include <gtest/gtest.h>

#include "tests/property/builders.h"

namespace rolecall {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

// Of `known` jobs those above `listed` are missing for a day, on a board without own addresses.
BoardPlan PlanForLeaving(int known_jobs, int listed, int usually) {
  KnownBoard known = MakeKnownBoard(known_jobs);
  for (PastReading& past : known.complete) past.listed = usually;
  MakeMissing(known, listed + 1, known_jobs, hours(24), 1);
  return PlanFor(known, listed, Witness::kNotAsked, kOneWitness);
}

TEST(Guard, SparesNoMoreThanTenJobs) {
  EXPECT_EQ(PlanForLeaving(12, 2, 12).Count(BoardFate::kExpired), 10);
  EXPECT_EQ(PlanForLeaving(13, 2, 13).Count(BoardFate::kWithheld), 11);
}

TEST(Guard, HoldsBelowSeventyPercentOfTheMedian) {
  EXPECT_FALSE(PlanForLeaving(100, 70, 100).doubtful);
  EXPECT_TRUE(PlanForLeaving(100, 69, 100).doubtful);
}

TEST(Guard, HoldsAboveHalfOfTheKnownJobsWhateverTheMedian) {
  EXPECT_FALSE(PlanForLeaving(100, 50, 40).doubtful);
  EXPECT_TRUE(PlanForLeaving(100, 49, 40).doubtful);
}

TEST(Guard, TakesTheMedianOfBeforeTheFirstOfThemWentMissing) {
  KnownBoard known = MakeKnownBoard(100);
  MakeMissing(known, 70, 100, hours(24), 9);
  for (PastReading& past : known.complete)
    past.withheld = false;  // 69 is all that was listed since

  EXPECT_TRUE(PlanFor(known, 69, Witness::kNotAsked, kOneWitness).doubtful);
}

TEST(Guard, DoubtsNothingForJobsThatAreMerelyMissing) {
  for (const int known : {40, 100}) {
    const BoardPlan plan =
        PlanFor(MakeKnownBoard(known), known - 13, Witness::kStands, kTwoWitnesses);

    EXPECT_EQ(plan.Count(BoardFate::kMissing), 13);
    EXPECT_FALSE(plan.doubtful);
    EXPECT_EQ(plan.trouble, "");
  }
}

TEST(Guard, DoesNotCountJobsThatAreGoneAtTheirOwnAddress) {
  const BoardPlan plan = PlanFor(MakeKnownBoard(100), 20, Witness::kGone, kTwoWitnesses);

  EXPECT_EQ(plan.Count(BoardFate::kExpired), 80);
  EXPECT_FALSE(plan.doubtful);
}

TEST(Guard, WithholdsWhatWouldLeaveOnOneWitness) {
  const BoardPlan plan = PlanForLeaving(100, 40, 100);

  EXPECT_EQ(plan.Count(BoardFate::kWithheld), 60);
  EXPECT_EQ(plan.Count(BoardFate::kExpired), 0);
  EXPECT_TRUE(plan.jobs.back().withheld_anew);
  EXPECT_FALSE(plan.settles);
  EXPECT_EQ(plan.trouble,
            "60 of 100 known jobs would leave a listing of 40 (usually 100) on one witness: "
            "withheld");
}

// Twenty jobs: the last six due now, six before them expired lately.
KnownBoard SixLeftLately() {
  KnownBoard known = MakeKnownBoard(20);
  MakeMissing(known, 9, 14, hours(72), 1);
  MakeMissing(known, 15, 20, hours(24), 1);
  for (std::size_t i = 8; i < 14; ++i) {
    known.jobs[i].expired = true;
    known.jobs[i].expired_at = kNoon - hours(48);
    known.jobs[i].witnesses = 1;
  }
  return known;
}

TEST(Guard, CountsThoseThatLeftOnOneWitnessInTheLastTwoDays) {
  const BoardPlan plan = PlanFor(SixLeftLately(), 8, Witness::kNotAsked, kOneWitness);

  EXPECT_EQ(plan.Count(BoardFate::kWithheld), 6);
  EXPECT_EQ(plan.trouble,
            "6 of 14 known jobs would leave a listing of 8 (usually 20) on one witness, and 6 did "
            "lately: withheld");
}

TEST(Guard, DoesNotCountThoseThatLeftBeforeOrOnMoreThanThat) {
  for (const auto& change : std::initializer_list<void (*)(KnownJob&)>{
           [](KnownJob& job) { job.expired_at = kNoon - hours(48) - minutes(1); },
           [](KnownJob& job) { job.witnesses = 2; }, [](KnownJob& job) { job.witnesses = 0; },
           [](KnownJob& job) { job.expired_reason = ExpiredReason::kConfirmed; }}) {
    KnownBoard known = SixLeftLately();
    for (std::size_t i = 8; i < 14; ++i) change(known.jobs[i]);

    EXPECT_EQ(PlanFor(known, 8, Witness::kNotAsked, kOneWitness).Count(BoardFate::kExpired), 6);
  }
}

TEST(Guard, StillExpiresThoseGoneAtTheirOwnAddress) {
  KnownBoard known = MakeKnownBoard(100);
  MakeMissing(known, 41, 100, hours(15 * 24), 14, hours(24));
  Testimony said = AllSay(Witness::kStands, 42, 100);
  said.answers["41"] = Witness::kGone;

  const BoardPlan plan = Reconcile(known, Complete(MakeListed(1, 40)), said, kTwoWitnesses, kNoon);

  EXPECT_EQ(plan.Count(BoardFate::kExpired), 1);
  EXPECT_EQ(plan.Count(BoardFate::kWithheld), 59);
  EXPECT_TRUE(plan.doubtful);
}

// Sixty of a hundred jobs, missing for long, withheld `ago` by the first of so many readings.
KnownBoard WithheldFor(minutes ago, int readings) {
  KnownBoard known = MakeKnownBoard(100);
  MakeMissing(known, 41, 100, hours(90), 4, hours(1));
  for (int i = 0; i < readings; ++i)
    known.complete.insert(
        known.complete.begin(),
        {.id = 20 + i, .at = kNoon - ago + i * hours(1), .listed = 40, .withheld = true});
  WithholdByGuard(known, 41, 100, ago);
  return known;
}

TEST(Guard, SettlesWhenThreeListingsOverTwoDaysAgree) {
  const BoardPlan plan = PlanFor(WithheldFor(hours(48), 2), 40, Witness::kNotAsked, kOneWitness);

  ASSERT_EQ(plan.Count(BoardFate::kExpired), 60);
  EXPECT_EQ(plan.jobs.back().reason, ExpiredReason::kConfirmed);
  EXPECT_EQ(plan.jobs.back().witnesses, 1);
  EXPECT_TRUE(plan.settles);
  EXPECT_FALSE(plan.doubtful);
}

TEST(Guard, CountsTheseFromTheMomentOfWithholding) {
  for (const KnownBoard& known :
       {WithheldFor(hours(48), 1), WithheldFor(hours(48) - minutes(1), 9)}) {
    const BoardPlan plan = PlanFor(known, 40, Witness::kNotAsked, kOneWitness);

    EXPECT_EQ(plan.Count(BoardFate::kWithheld), 60);
    EXPECT_TRUE(plan.doubtful);
  }
}

TEST(Guard, DoesNotSettleByItselfWhileMostOwnAddressesStand) {
  for (const int stand : {30, 31}) {
    KnownBoard known = MakeKnownBoard(100);
    MakeMissing(known, 41, 100, hours(20 * 24), 20, hours(24));
    WithholdByGuard(known, 41, 100, hours(48));
    Testimony said = AllSay(Witness::kUnclear, 41, 100);
    for (int number = 41; number <= 40 + stand; ++number)
      said.answers[std::to_string(number)] = Witness::kStands;
    // So did as many of those that were asked since, and all of those before.
    for (PastReading& past : known.complete) {
      past.asked = 60;
      past.stood = past.at < kNoon - hours(48) ? 60 : stand;
    }

    const BoardPlan plan =
        Reconcile(known, Complete(MakeListed(1, 40)), said, kTwoWitnesses, kNoon);

    EXPECT_EQ(plan.Count(BoardFate::kExpired), stand == 30 ? 60 : 0);
    EXPECT_EQ(plan.Count(BoardFate::kWithheld), stand == 30 ? 0 : 60);
  }
}

TEST(Guard, SettlesWhatAPersonAgreedToAndLeavesTheOthersWithheld) {
  KnownBoard known = WithheldFor(hours(5), 1);
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
    job.withheld_by_guard = true;
    job.approved = true;
  }

  const BoardPlan plan = PlanFor(known, 0, Witness::kNotAsked, kOneWitness);

  EXPECT_EQ(plan.Count(BoardFate::kExpired), 0);
}

TEST(Guard, StaysDoubtfulWhileSomeAreWithheldThoughOthersSettled) {
  KnownBoard known = WithheldFor(hours(48), 2);
  WithholdByGuard(known, 71, 100, hours(30));

  const BoardPlan plan = PlanFor(known, 40, Witness::kNotAsked, kOneWitness);

  EXPECT_EQ(plan.Count(BoardFate::kExpired), 30);
  EXPECT_EQ(plan.Count(BoardFate::kWithheld), 30);
  EXPECT_TRUE(plan.doubtful);
  EXPECT_TRUE(plan.trouble.ends_with(" on one witness: 30 of them withheld")) << plan.trouble;
}

TEST(Guard, KeepsWhatItWithheldUntilThatSettlesThoughItNoLongerHolds) {
  KnownBoard known = MakeKnownBoard(100);
  MakeMissing(known, 89, 100, hours(30), 1);
  WithholdByGuard(known, 89, 100, hours(5));

  const BoardPlan plan = PlanFor(known, 88, Witness::kNotAsked, kOneWitness);

  EXPECT_EQ(plan.Count(BoardFate::kWithheld), 12);
  EXPECT_FALSE(plan.doubtful);
}

}  // namespace
}  // namespace rolecall
