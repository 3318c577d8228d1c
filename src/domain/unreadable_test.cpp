// A board that cannot be read for long: its jobs wait for a person, and leave by nothing else.
#include <gtest/gtest.h>

#include "domain/projection.h"
#include "tests/property/builders.h"

namespace rolecall {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr hours kFourteenDays{14 * 24};

KnownBoard UnreadableFor(minutes ago) {
  KnownBoard known = MakeKnownBoard(3);
  known.unreadable_since = kNoon - ago;
  return known;
}

// All of them offered an hour ago.
KnownBoard Offered() {
  KnownBoard known = UnreadableFor(kFourteenDays + hours(1));
  for (KnownJob& job : known.jobs) job.withheld_since = kNoon - hours(1);
  return known;
}

BoardPlan PlanAfterFailure(const KnownBoard& known,
                           const Listing& listing = FailedListing{"HTTP 502"}) {
  return Reconcile(known, listing, {}, ExpiryPolicy{}, kNoon);
}

TEST(UnreadableBoard, OffersItsJobsAfterFourteenDays) {
  const BoardPlan before = PlanAfterFailure(UnreadableFor(kFourteenDays - minutes(1)));
  const BoardPlan after = PlanAfterFailure(UnreadableFor(kFourteenDays));

  EXPECT_EQ(before.Count(BoardFate::kNotReconciled), 3);
  EXPECT_TRUE(before.ChangesNothing());
  EXPECT_EQ(after.Count(BoardFate::kWithheld), 3);
  EXPECT_TRUE(after.jobs[0].withheld_anew);
  EXPECT_FALSE(after.whole);
}

TEST(UnreadableBoard, OffersNothingOnItsFirstFailureHoweverLongAgoItWasRead) {
  KnownBoard known = MakeKnownBoard(3);

  EXPECT_EQ(PlanAfterFailure(known).Count(BoardFate::kNotReconciled), 3);
}

TEST(UnreadableBoard, KeepsItsOfferThroughMoreFailures) {
  KnownBoard known = Offered();
  known.unreadable_since = kNoon - 20 * kFourteenDays;

  const BoardPlan plan = PlanAfterFailure(known);

  EXPECT_EQ(plan.Count(BoardFate::kWithheld), 3);
  EXPECT_FALSE(plan.jobs[0].withheld_anew);
}

TEST(UnreadableBoard, ExpiresWhatWasShownOnAPersonsWord) {
  KnownBoard known = Offered();
  known.jobs[0].approved = true;
  known.jobs[1].approved = true;
  known.jobs[1].withheld_since.reset();  // kept, or never shown

  const BoardPlan plan = PlanAfterFailure(known);

  ASSERT_EQ(plan.Count(BoardFate::kExpired), 1);
  EXPECT_EQ(plan.jobs[0].reason, ExpiredReason::kUnreachable);
  EXPECT_EQ(plan.Count(BoardFate::kWithheld), 2);
}

TEST(UnreadableBoard, ExpiresNothingOnAWordGivenForWhatAGuardWithheldBefore) {
  KnownBoard known = UnreadableFor(hours(24));
  MakeMissing(known, 3, 3, hours(40), 1);
  known.jobs[2].withheld_since = kNoon - hours(30);
  known.jobs[2].approved = true;

  EXPECT_EQ(PlanAfterFailure(known).Count(BoardFate::kNotReconciled), 3);
}

TEST(UnreadableBoard, OffersWhatWasKeptAfterFourteenMoreDays) {
  KnownBoard known = UnreadableFor(2 * kFourteenDays);
  known.jobs[0].kept_at = kNoon - kFourteenDays + minutes(1);
  known.jobs[1].kept_at = kNoon - kFourteenDays;

  const BoardPlan plan = PlanAfterFailure(known);

  EXPECT_EQ(plan.jobs[0].fate, BoardFate::kNotReconciled);
  EXPECT_EQ(plan.jobs[1].fate, BoardFate::kWithheld);
}

TEST(UnreadableBoard, WithdrawsItsOfferOnceItIsRead) {
  KnownBoard known = Offered();
  for (KnownJob& job : known.jobs) job.approved = true;

  const BoardPlan whole = PlanAfterFailure(known, Complete(MakeListed(1, 2)));
  const BoardPlan part = PlanAfterFailure(known, Partial(MakeListed(1, 2)));

  for (const BoardPlan& plan : {whole, part}) {
    EXPECT_EQ(plan.Count(BoardFate::kUnchanged), 2);
    EXPECT_TRUE(plan.jobs[0].came_back);
    EXPECT_TRUE(plan.jobs[2].withdrawn);
    EXPECT_FALSE(plan.ChangesNothing());
  }
  EXPECT_EQ(whole.jobs[2].fate, BoardFate::kMissing);
  EXPECT_EQ(part.jobs[2].fate, BoardFate::kNotReconciled);
}

TEST(UnreadableBoard, CountsForAFollowerWhatItOffersAndWhatAPersonExpired) {
  KnownBoard known = Offered();
  known.jobs[0].approved = true;
  const Listing failed = FailedListing{"HTTP 502"};
  const UserView view{.jobs = {{.job_id = 101}, {.job_id = 102}}, .last_reading_id = 5};

  const UserPlan plan = Project(view, StateAfter(known, failed, PlanAfterFailure(known)),
                                *CompanyFilter::Compile({}));

  EXPECT_EQ(plan.counts.active_before, 2);
  EXPECT_EQ(plan.counts.expired, 1);
  EXPECT_EQ(plan.counts.withheld, 1);
  EXPECT_EQ(plan.jobs[0].reason, ExpiredReason::kUnreachable);
  EXPECT_TRUE(plan.jobs[0].writes);
  EXPECT_FALSE(plan.jobs[1].writes);
}

TEST(UnreadableBoard, TellsTheOthersOfItsFollowersToo) {
  KnownBoard known = Offered();
  known.jobs[0].expired = true;
  known.jobs[0].expired_reason = ExpiredReason::kUnreachable;
  const Listing failed = FailedListing{"HTTP 502"};
  const UserView view{.jobs = {{.job_id = 101}}, .last_reading_id = 5};

  const UserPlan plan = Project(view, StateAfter(known, failed, PlanAfterFailure(known)),
                                *CompanyFilter::Compile({}));

  EXPECT_EQ(plan.counts.expired, 1);
}

}  // namespace
}  // namespace rolecall
