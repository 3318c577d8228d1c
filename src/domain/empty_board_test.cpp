// What a board that lists nobody may do, and how long it takes until that is believed.
#include <gtest/gtest.h>

#include "tests/property/builders.h"

namespace rolecall {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

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

// No job is listed whose own address could be asked, so that gone proves nothing.
BoardPlan PlanForEmpty(const KnownBoard& known, Witness others) {
  Testimony said = AllSay(others, 1, static_cast<int>(known.jobs.size()));
  if (others == Witness::kGone) said.control = Control::kFailed;
  return Reconcile(known, Complete({}), said, kTwoWitnesses, kNoon);
}

TEST(EmptyBoard, IsBelievedWhenReadThriceOverADay) {
  const BoardPlan plan = PlanForEmpty(ReadEmpty(3, 2, hours(24)), Witness::kGone);

  EXPECT_EQ(plan.Count(BoardFate::kExpired), 3);
  EXPECT_EQ(plan.jobs[0].witnesses, 1);
  EXPECT_FALSE(plan.doubtful);
}

TEST(EmptyBoard, LosesNobodyWhosePageStandsThoughItIsBelieved) {
  const BoardPlan plan = PlanForEmpty(ReadEmpty(107, 2, hours(24)), Witness::kStands);

  EXPECT_EQ(plan.Count(BoardFate::kMissing), 107);
  EXPECT_FALSE(plan.doubtful);
}

TEST(EmptyBoard, IsGuardedOnceItIsBelieved) {
  const BoardPlan plan = PlanForEmpty(ReadEmpty(11, 2, hours(24)), Witness::kGone);

  EXPECT_EQ(plan.Count(BoardFate::kWithheld), 11);
  EXPECT_TRUE(plan.doubtful);
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
  WithholdByGuard(known, 41, 100, hours(48));
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

}  // namespace
}  // namespace rolecall
