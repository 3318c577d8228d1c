// What a listing changes of the jobs that it shows, what an incomplete one may do, and whose own
// address is asked.
#include "domain/reconcile.h"

#include <gtest/gtest.h>

#include "tests/property/builders.h"

namespace rolecall {
namespace {

using std::chrono::hours;

BoardPlan Plan(const KnownBoard& known, const Listing& listing) {
  return Reconcile(known, listing, {}, ExpiryPolicy{}, kNoon);
}

TEST(Reconcile, FindsEveryJobOfAFirstListingNewAndNothingDoubtful) {
  const KnownBoard nothing;

  const BoardPlan plan = Plan(nothing, Complete(MakeListed(1, 40)));

  EXPECT_EQ(plan.Count(BoardFate::kNew), 40);
  EXPECT_EQ(plan.jobs.size(), 40u);
  EXPECT_TRUE(plan.whole);
  EXPECT_FALSE(plan.doubtful);
  EXPECT_EQ(plan.trouble, "");
}

TEST(Reconcile, CallsAJobChangedWhenItsTitlePlaceOrUrlDiffers) {
  const KnownBoard known = MakeKnownBoard(4);
  auto jobs = MakeListed(1, 4);
  jobs[0].title = "Cook";
  jobs[1].location = "Basel";
  jobs[2].url = "https://board.test/elsewhere";

  const Listing listing = Complete(jobs);
  const BoardPlan plan = Plan(known, listing);

  EXPECT_EQ(plan.Count(BoardFate::kChanged), 3);
  EXPECT_EQ(Planned(plan, known, listing, 4).fate, BoardFate::kUnchanged);
}

TEST(Reconcile, GivesEveryKnownJobItsId) {
  KnownBoard known = MakeKnownBoard(3);
  known.jobs[2].expired = true;
  auto jobs = MakeListed(1, 3);
  jobs[1].title = "Cook";

  const Listing listing = Complete(jobs);
  const BoardPlan plan = Plan(known, listing);

  EXPECT_EQ(Planned(plan, known, listing, 1).id, 101);
  EXPECT_EQ(Planned(plan, known, listing, 2).id, 102);
  EXPECT_EQ(Planned(plan, known, listing, 3).id, 103);
}

TEST(Reconcile, ReopensAnExpiredJobThatIsListedAgain) {
  KnownBoard known = MakeKnownBoard(2);
  known.jobs[1].expired = true;

  const Listing listing = Complete(MakeListed(1, 2));
  const BoardPlan plan = Plan(known, listing);

  EXPECT_EQ(Planned(plan, known, listing, 2).fate, BoardFate::kReopened);
  EXPECT_EQ(Planned(plan, known, listing, 2).known, 1u);
}

TEST(Reconcile, NotesThatAMissingJobCameBackWithoutCallingItReopened) {
  KnownBoard known = MakeKnownBoard(2);
  MakeMissing(known, 2, 2, hours(5), 1);

  const Listing listing = Complete(MakeListed(1, 2));
  const BoardPlan plan = Plan(known, listing);

  EXPECT_EQ(Planned(plan, known, listing, 2).fate, BoardFate::kUnchanged);
  EXPECT_TRUE(Planned(plan, known, listing, 2).came_back);
  EXPECT_FALSE(plan.ChangesNothing());
}

TEST(Reconcile, LeavesAJobUnchangedWhoseContentAloneDiffers) {
  KnownBoard known = MakeKnownBoard(2);
  known.jobs[0].content_digest = ContentDigest("Cook soup.");
  known.jobs[1].content_digest = ContentDigest("Cook soup.");
  auto jobs = MakeListed(1, 2);
  jobs[0].content = "Cook soup.";
  jobs[1].content = "Cook stew.";

  const Listing listing = Complete(jobs);
  const BoardPlan plan = Plan(known, listing);

  EXPECT_FALSE(Planned(plan, known, listing, 1).content_changed);
  EXPECT_TRUE(Planned(plan, known, listing, 2).content_changed);
  EXPECT_EQ(plan.Count(BoardFate::kUnchanged), 2);
  EXPECT_FALSE(plan.ChangesNothing());
}

TEST(Reconcile, DoesNotNameAnExpiredJobThatIsStillAbsent) {
  KnownBoard known = MakeKnownBoard(2);
  known.jobs[1].expired = true;

  const BoardPlan plan = Plan(known, Complete(MakeListed(1, 1)));

  ASSERT_EQ(plan.jobs.size(), 1u);
  EXPECT_TRUE(plan.ChangesNothing());
}

TEST(Reconcile, AddsAndUpdatesFromAPartialListingButRemovesNothing) {
  KnownBoard known = MakeKnownBoard(4);
  known.jobs[3].expired = true;
  auto jobs = MakeListed(3, 5);
  jobs[0].title = "Cook";

  const Listing listing = Partial(jobs);
  const auto everyone_is_gone = AllSay(Witness::kGone, 1, 5);
  const BoardPlan plan =
      Reconcile(known, listing, everyone_is_gone, ExpiryPolicy{}, kNoon + hours(1'000));

  EXPECT_FALSE(plan.whole);
  EXPECT_EQ(plan.Count(BoardFate::kNotReconciled), 2);
  EXPECT_EQ(Planned(plan, known, listing, 3).fate, BoardFate::kChanged);
  EXPECT_EQ(Planned(plan, known, listing, 4).fate, BoardFate::kReopened);
  EXPECT_EQ(Planned(plan, known, listing, 5).fate, BoardFate::kNew);
  EXPECT_EQ(plan.trouble, "page 3 of 5 failed (HTTP 502)");
}

TEST(Reconcile, ChangesNothingOnAFailedListingAndSaysWhy) {
  const KnownBoard known = MakeKnownBoard(20);

  const BoardPlan plan = Reconcile(known, FailedListing{"HTTP 403"}, AllSay(Witness::kGone, 1, 20),
                                   ExpiryPolicy{}, kNoon);

  EXPECT_EQ(plan.Count(BoardFate::kNotReconciled), 20);
  EXPECT_TRUE(plan.ChangesNothing());
  EXPECT_FALSE(plan.whole);
  EXPECT_EQ(plan.trouble, "HTTP 403");
}

TEST(Reconcile, KeepsEveryMarkOnAConfirmedListing) {
  KnownBoard known = MakeKnownBoard(4);
  MakeMissing(known, 2, 3, hours(24 * 60), 5);
  known.jobs[2].withheld_since = kNoon - hours(5);
  known.jobs[3].expired = true;

  const Listing listing = ConfirmedListing{};
  const BoardPlan plan = Plan(known, listing);

  ASSERT_EQ(plan.jobs.size(), 3u);
  EXPECT_TRUE(plan.whole);
  EXPECT_EQ(plan.jobs[0].fate, BoardFate::kUnchanged);
  EXPECT_EQ(plan.jobs[1].fate, BoardFate::kMissing);
  EXPECT_EQ(plan.jobs[2].fate, BoardFate::kWithheld);
  EXPECT_EQ(plan.jobs[1].id, 102);
}

TEST(Absentees, NamesWhoIsKnownOpenAndNotListed) {
  KnownBoard known = MakeKnownBoard(5);
  known.jobs[4].expired = true;

  const auto ids = Absentees(known, Complete(MakeListed(1, 2)), ExpiryPolicy{}, kNoon);

  EXPECT_EQ(ids, (std::vector<std::string>{"3", "4"}));
}

TEST(Absentees, AsksTheNewlyAbsentFirstAndNoMoreThanThePolicyAllows) {
  KnownBoard known = MakeKnownBoard(300);
  MakeMissing(known, 1, 150, hours(5), 1);

  const auto ids = Absentees(known, Complete(MakeListed(251, 300)), ExpiryPolicy{}, kNoon);

  ASSERT_EQ(ids.size(), 200u);
  EXPECT_EQ(ids[0], "151");
  EXPECT_EQ(ids[99], "250");
  EXPECT_LE(std::stoi(ids[100]), 150);
}

TEST(Absentees, TurnsThoseThatWaitFromReadingToReading) {
  KnownBoard known = MakeKnownBoard(300);
  MakeMissing(known, 1, 250, hours(5), 1);
  const Listing listing = Complete(MakeListed(251, 300));
  const auto first = Absentees(known, listing, {.max_checks = 20}, kNoon);

  known.complete.insert(known.complete.begin(), {.id = 12, .at = kNoon, .listed = 50});
  known.whole_reading = 12;
  const auto second = Absentees(known, listing, {.max_checks = 20}, kNoon);

  EXPECT_NE(first, second);
}

TEST(Absentees, AsksNobodyWhereTheAnswerCouldNotCount) {
  const KnownBoard known = MakeKnownBoard(5);
  const ExpiryPolicy one_witness{.has_second_witness = false};

  EXPECT_TRUE(Absentees(known, Partial(MakeListed(1, 2)), ExpiryPolicy{}, kNoon).empty());
  EXPECT_TRUE(Absentees(known, FailedListing{"HTTP 500"}, ExpiryPolicy{}, kNoon).empty());
  EXPECT_TRUE(Absentees(known, ConfirmedListing{}, ExpiryPolicy{}, kNoon).empty());
  EXPECT_TRUE(Absentees(known, Complete({}), ExpiryPolicy{}, kNoon).empty());
  EXPECT_TRUE(Absentees(known, Complete(MakeListed(1, 2)), one_witness, kNoon).empty());
}

}  // namespace
}  // namespace rolecall
