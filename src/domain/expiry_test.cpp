// When an absent job may leave: two witnesses, whether the second is one, and patience.
#include "domain/expiry.h"

#include <gtest/gtest.h>

#include <set>

#include "tests/property/builders.h"

namespace rolecall {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

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

// The last of five jobs is missing, and its page stands.
BoardPlan PlanForStanding(minutes ago, int readings, minutes apart) {
  KnownBoard known = MakeKnownBoard(5);
  MakeMissing(known, 5, 5, ago, readings, apart);
  return PlanFor(known, 4, Witness::kStands, kTwoWitnesses);
}

TEST(TwoWitnesses, DelistAJobWhosePageStandsAfterFiveListingsOverFourteenDaysOnThreeOfThem) {
  const BoardPlan plan = PlanForStanding(hours(14 * 24), 4, hours(24));

  ASSERT_EQ(plan.Count(BoardFate::kExpired), 1);
  EXPECT_EQ(plan.jobs.back().reason, ExpiredReason::kDelisted);
  EXPECT_EQ(plan.jobs.back().witnesses, 1);
}

TEST(TwoWitnesses, KeepAJobWhosePageStandsWhereAnyOfTheseLacks) {
  EXPECT_EQ(PlanForStanding(hours(14 * 24) - minutes(1), 20, hours(8)).Count(BoardFate::kMissing),
            1);
  EXPECT_EQ(PlanForStanding(hours(15 * 24), 3, hours(24)).Count(BoardFate::kMissing), 1)
      << "four listings";
  EXPECT_EQ(PlanForStanding(hours(15 * 24), 9, minutes(1)).Count(BoardFate::kMissing), 1)
      << "two days";
}

TEST(Control, LetsNoOwnAddressCountWhereThoseOfListedJobsAreGoneToo) {
  Testimony all_gone = AllSay(Witness::kGone, 94, 100);
  all_gone.control = Control::kFailed;

  const BoardPlan plan =
      Reconcile(MakeKnownBoard(100), Complete(MakeListed(1, 93)), all_gone, kTwoWitnesses, kNoon);

  EXPECT_EQ(plan.Count(BoardFate::kMissing), 7);
}

TEST(Control, LetsNoOwnAddressCountWhereItWasNotAsked) {
  Testimony gone = AllSay(Witness::kGone, 5, 5);
  gone.control = Control::kNotAsked;

  const BoardPlan plan =
      Reconcile(MakeKnownBoard(5), Complete(MakeListed(1, 4)), gone, kTwoWitnesses, kNoon);

  EXPECT_EQ(plan.Count(BoardFate::kMissing), 1);
}

// The fifth of five jobs is missing `ago`; the control failed now, and was `before` then.
BoardPlan PlanWithoutControl(minutes ago, Control before, Witness own_address) {
  KnownBoard known = MakeKnownBoard(5);
  MakeMissing(known, 5, 5, ago, 1);
  known.complete.front().control = before;
  Testimony said = AllSay(own_address, 5, 5);
  said.control = Control::kFailed;
  return Reconcile(known, Complete(MakeListed(1, 4)), said, kTwoWitnesses, kNoon);
}

TEST(Control, LeavesOneWitnessWhereItFailedInTwoListingsADayApart) {
  const BoardPlan plan = PlanWithoutControl(hours(24), Control::kFailed, Witness::kGone);

  ASSERT_EQ(plan.Count(BoardFate::kExpired), 1);
  EXPECT_EQ(plan.jobs.back().reason, ExpiredReason::kGone);
  EXPECT_EQ(plan.jobs.back().witnesses, 1);
}

TEST(Control, LeavesNoneWhereItFailedOnceOrTooSoonOrThePageStands) {
  for (const BoardPlan& plan :
       {PlanWithoutControl(hours(24), Control::kHeld, Witness::kGone),
        PlanWithoutControl(hours(24) - minutes(1), Control::kFailed, Witness::kGone),
        PlanWithoutControl(hours(24), Control::kFailed, Witness::kStands)})
    EXPECT_EQ(plan.Count(BoardFate::kMissing), 1);
}

TEST(Control, AsksAtMostThreeJobsThatTheListingShowsKnownOnesFirst) {
  const Listing listing = Complete(MakeListed(3, 40));

  const auto asked = ControlsOf(MakeKnownBoard(5), listing, kTwoWitnesses);

  std::set<std::string> ids;
  for (const ListedJob* job : asked) ids.insert(job->external_id);
  EXPECT_EQ(ids, (std::set<std::string>{"3", "4", "5"}));
  EXPECT_EQ(ControlsOf(MakeKnownBoard(5), Complete({}), kTwoWitnesses).size(), 0u);
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
