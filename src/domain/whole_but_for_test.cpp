// What a listing that is whole but for a few says of the jobs that it lacks, and of those few.
#include <gtest/gtest.h>

#include "domain/listing.h"
#include "domain/reconcile.h"
#include "tests/property/builders.h"

namespace rolecall {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

const std::string& UnreadDigest(const std::string& digest = "unread") {
  static std::string last;
  last = std::get<ListingButFor>(ButForOne(MakeListed(1, 3), digest)).unread_digest();
  return last;
}

// A board that is always whole but for the same one: its jobs first to last lacked by the last so
// many readings, the first of them `ago`.
KnownBoard Lacking(int jobs, int first, minutes ago, int readings,
                   Control control = Control::kNotAsked) {
  KnownBoard known;
  for (int number = 1; number <= jobs; ++number) known.jobs.push_back(MakeKnown(number));
  const auto read = [&](std::int64_t id, Timestamp at, int listed) {
    known.but_for.insert(known.but_for.begin(), {.id = id,
                                                 .at = at,
                                                 .listed = listed,
                                                 .control = control,
                                                 .unread_digest = UnreadDigest()});
    known.whole_reading = id;
  };
  read(9, kNoon - ago - hours(24), jobs);
  for (int i = 0; i < readings; ++i) read(10 + i, kNoon - ago + i * minutes(1), first - 1);
  for (int number = first; number <= jobs; ++number) {
    KnownJob& job = known.jobs[static_cast<std::size_t>(number - 1)];
    job.lacked_reading = 10;
    job.lacked_since = kNoon - ago;
    job.last_seen_reading = 9;
  }
  return known;
}

// The board lists its jobs before `first`; the own addresses of the others say the same.
BoardPlan PlanForLacking(const KnownBoard& known, int first, Witness others,
                         Control control = Control::kHeld, const std::string& digest = "unread") {
  Testimony testimony = AllSay(others, first, static_cast<int>(known.jobs.size()));
  testimony.control = others == Witness::kGone ? control : Control::kNotAsked;
  return Reconcile(known, ButForOne(MakeListed(1, first - 1), digest), testimony, kTwoWitnesses,
                   kNoon);
}

BoardPlan PlanOnOneWitness(const KnownBoard& known, int first,
                           const std::string& digest = "unread") {
  return Reconcile(known, ButForOne(MakeListed(1, first - 1), digest), {}, kOneWitness, kNoon);
}

TEST(WholeButFor, ExpiresAJobLackedForADayAndGoneAtItsOwnAddress) {
  const BoardPlan plan = PlanForLacking(Lacking(5, 5, hours(24), 1), 5, Witness::kGone);

  ASSERT_EQ(plan.Count(BoardFate::kExpired), 1);
  EXPECT_EQ(plan.jobs.back().reason, ExpiredReason::kGone);
  EXPECT_EQ(plan.jobs.back().witnesses, 2);
  EXPECT_TRUE(plan.whole);
}

TEST(WholeButFor, LeavesAJobMissingWhereAnyOfTheseLacks) {
  EXPECT_EQ(PlanForLacking(Lacking(5, 5, hours(24) - minutes(1), 1), 5, Witness::kGone)
                .Count(BoardFate::kMissing),
            1);
  EXPECT_EQ(
      PlanForLacking(Lacking(5, 5, hours(24), 1), 5, Witness::kStands).Count(BoardFate::kMissing),
      1);
  EXPECT_EQ(PlanForLacking(Lacking(5, 5, hours(24), 1), 5, Witness::kGone, Control::kFailed)
                .Count(BoardFate::kMissing),
            1);
  KnownBoard lacked_by_complete_ones = MakeKnownBoard(5);
  MakeMissing(lacked_by_complete_ones, 5, 5, hours(48), 2);
  EXPECT_EQ(PlanForLacking(lacked_by_complete_ones, 5, Witness::kGone).Count(BoardFate::kMissing),
            1)
      << "the clocks are apart";
}

TEST(WholeButFor, ExpiresOnOneWitnessWhatThreeListingsOverThreeDaysLack) {
  const BoardPlan plan = PlanOnOneWitness(Lacking(5, 5, hours(72), 2), 5);

  ASSERT_EQ(plan.Count(BoardFate::kExpired), 1);
  EXPECT_EQ(plan.jobs.back().witnesses, 1);
  EXPECT_EQ(PlanOnOneWitness(Lacking(5, 5, hours(72), 1), 5).Count(BoardFate::kMissing), 1);
  EXPECT_EQ(PlanOnOneWitness(Lacking(5, 5, hours(71), 2), 5).Count(BoardFate::kMissing), 1);
}

TEST(WholeButFor, TakesNoWitnessAloneWhereTheFewMayBeTheJob) {
  EXPECT_EQ(PlanOnOneWitness(Lacking(5, 5, hours(72), 2), 5, "another").Count(BoardFate::kMissing),
            1);
  KnownBoard before = Lacking(5, 5, hours(72), 2);
  before.but_for.back().unread_digest = UnreadDigest("another");
  EXPECT_EQ(PlanOnOneWitness(before, 5).Count(BoardFate::kMissing), 1);
  KnownBoard shown_by_a_complete_one = Lacking(5, 5, hours(72), 2);
  shown_by_a_complete_one.but_for.pop_back();
  EXPECT_EQ(PlanOnOneWitness(shown_by_a_complete_one, 5).Count(BoardFate::kMissing), 1);
}

TEST(WholeButFor, TakesOneWitnessWhereTheControlFailedEachTime) {
  EXPECT_EQ(PlanForLacking(Lacking(5, 5, hours(72), 2, Control::kFailed), 5, Witness::kGone,
                           Control::kFailed)
                .Count(BoardFate::kExpired),
            1);
  EXPECT_EQ(PlanForLacking(Lacking(5, 5, hours(72), 2, Control::kHeld), 5, Witness::kGone,
                           Control::kFailed)
                .Count(BoardFate::kMissing),
            1);
}

TEST(WholeButFor, IsGuardedAsACompleteListingIs) {
  const BoardPlan plan = PlanOnOneWitness(Lacking(21, 11, hours(72), 2), 11);

  EXPECT_EQ(plan.Count(BoardFate::kWithheld), 11);
  EXPECT_TRUE(plan.doubtful);
  EXPECT_TRUE(plan.jobs.back().by_guard);
  EXPECT_EQ(PlanOnOneWitness(Lacking(21, 12, hours(72), 2), 12).Count(BoardFate::kExpired), 10);
}

TEST(WholeButFor, WithholdsAfterTwoWeeksWhatRemainsAndCarriesOutAPersonsWord) {
  KnownBoard known = Lacking(5, 5, hours(14 * 24), 9);
  const BoardPlan offered = PlanForLacking(known, 5, Witness::kStands);
  EXPECT_EQ(offered.Count(BoardFate::kWithheld), 1);
  EXPECT_TRUE(offered.jobs.back().withheld_anew);
  EXPECT_FALSE(offered.jobs.back().by_guard);
  EXPECT_EQ(offered.trouble, "");

  known.jobs[4].withheld_since = kNoon - hours(1);
  EXPECT_EQ(PlanForLacking(known, 5, Witness::kStands).Count(BoardFate::kWithheld), 1);
  known.jobs[4].approved = true;
  const BoardPlan agreed = PlanForLacking(known, 5, Witness::kStands);
  ASSERT_EQ(agreed.Count(BoardFate::kExpired), 1);
  EXPECT_EQ(agreed.jobs.back().reason, ExpiredReason::kConfirmed);
  EXPECT_EQ(agreed.jobs.back().witnesses, 0);
}

// Job 5 of five was withheld by such listings; complete ones lack it since, and its page stands.
BoardPlan PlanOnceComplete(bool by_guard) {
  KnownBoard known = MakeKnownBoard(5);
  MakeMissing(known, 5, 5, hours(14 * 24), 14, hours(24));
  known.jobs[4].lacked_reading = 1;
  known.jobs[4].lacked_since = kNoon - hours(30 * 24);
  known.jobs[4].withheld_since = kNoon - hours(15 * 24);
  known.jobs[4].withheld_by_guard = by_guard;
  for (PastReading& past : known.complete) past.asked = past.stood = 1;
  return PlanFor(known, 4, Witness::kStands, kTwoWitnesses);
}

TEST(WholeButFor, HoldsNothingBackThatCompleteListingsLetGo) {
  const BoardPlan plan = PlanOnceComplete(false);

  ASSERT_EQ(plan.Count(BoardFate::kExpired), 1);
  EXPECT_EQ(plan.jobs.back().reason, ExpiredReason::kDelisted);
  EXPECT_EQ(plan.jobs.back().witnesses, 1);
  EXPECT_EQ(PlanOnceComplete(true).Count(BoardFate::kWithheld), 1)
      << "withheld by the guard, while most pages stand";
}

// What the plan says of job 5 where the one entry that cannot be read bears these.
BoardFate FateBy(const std::string& id_of_job, const std::string& id,
                 const std::string& requisition) {
  KnownBoard known = Lacking(5, 5, hours(24), 1);
  known.jobs[4].external_id = id_of_job;
  const Listing listing = ButForOne(MakeListed(1, 4), "unread", id, requisition);
  const BoardPlan plan = Reconcile(known, listing, {}, kTwoWitnesses, kNoon);
  EXPECT_EQ(plan.jobs.size(), 5u);
  if (plan.jobs.back().fate == BoardFate::kUnchanged) {
    EXPECT_TRUE(plan.jobs.back().came_back);
    EXPECT_EQ(plan.jobs.back().listed, PlannedJob::kNone);
  }
  return plan.jobs.back().fate;
}

TEST(WholeButFor, ConfirmsAJobByTheIdOrTheRequisitionOfAnEntryThatCannotBeRead) {
  EXPECT_EQ(FateBy("R-1042", "R-1042", ""), BoardFate::kUnchanged);
  EXPECT_EQ(FateBy("R-1042", "", "R-1042"), BoardFate::kUnchanged);
  EXPECT_EQ(FateBy("R-1042-2", "", "R-1042"), BoardFate::kUnchanged);
  EXPECT_EQ(FateBy("JR1042-1", "", "JR1042"), BoardFate::kUnchanged);
  EXPECT_EQ(FateBy("R-1042-2", "R-1042", ""), BoardFate::kMissing);
  EXPECT_EQ(FateBy("R-1042-2", "R-1042-1", "R-1042"), BoardFate::kUnchanged) << "a new posting";
  EXPECT_EQ(FateBy("5-2", "1", "5"), BoardFate::kMissing) << "it is another posting, a known one";
  EXPECT_EQ(FateBy("R-1042", "", "R-104"), BoardFate::kMissing);
  EXPECT_EQ(FateBy("R-1042", "", "R"), BoardFate::kMissing);
  EXPECT_EQ(FateBy("R-1042", "", ""), BoardFate::kMissing);
}

TEST(WholeButFor, ReopensNothingByAnEntryThatCannotBeRead) {
  KnownBoard known = Lacking(5, 5, hours(24), 1);
  known.jobs[4].expired = true;

  const BoardPlan plan =
      Reconcile(known, ButForOne(MakeListed(1, 4), "unread", "5"), {}, kTwoWitnesses, kNoon);

  EXPECT_EQ(plan.jobs.size(), 4u);
}

}  // namespace
}  // namespace rolecall
