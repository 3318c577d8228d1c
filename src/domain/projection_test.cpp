// What a board's state and filters mean for one follower.
#include "domain/projection.h"

#include <gtest/gtest.h>

#include "tests/property/builders.h"

namespace rolecall {
namespace {

CompanyFilter Excluding(std::vector<std::string> terms) {
  auto filter = CompanyFilter::Compile(
      {.titles = {.include = {}, .exclude = std::move(terms)}, .places = {}});
  EXPECT_TRUE(filter) << filter.error().message;
  return *std::move(filter);
}

BoardJob MakeBoardJob(std::int64_t id, BoardFate fate, std::string_view title = "Cook") {
  return {.id = id,
          .external_id = "x",
          .title = title,
          .location = "Bern",
          .url = "https://board.test/x",
          .open = fate != BoardFate::kExpired,
          .planned = 0,
          .fate = fate,
          .changed_reading = 1};
}

BoardState Board(std::vector<BoardJob> jobs) { return {.jobs = std::move(jobs), .whole = true}; }

// A user who saw the jobs 1 to `count` in reading 5.
UserView Saw(int count) {
  UserView view{.jobs = {}, .last_reading_id = 5};
  for (int id = 1; id <= count; ++id) view.jobs.push_back({.job_id = id});
  return view;
}

void ExpectOne(const UserPlan& plan, UserFate fate, bool writes) {
  ASSERT_EQ(plan.jobs.size(), 1u);
  EXPECT_EQ(plan.jobs[0].fate, fate);
  EXPECT_EQ(plan.jobs[0].writes, writes);
  EXPECT_EQ(WhyNotAddingUp(plan.counts, Contents::kOutstanding), std::nullopt);
}

TEST(Project, FindsEverythingInScopeNewAtFirst) {
  const BoardState board =
      Board({MakeBoardJob(1, BoardFate::kNew), MakeBoardJob(2, BoardFate::kUnchanged),
             MakeBoardJob(3, BoardFate::kUnchanged, "Intern")});

  const UserPlan plan = Project({}, board, Excluding({"intern"}));

  EXPECT_EQ(plan.counts, (CompanyCounts{.listed = 3, .included = 2, .excluded = 1, .new_jobs = 2}));
  EXPECT_EQ(plan.jobs[2].fate, UserFate::kExcluded);
  EXPECT_EQ(plan.jobs[2].rule, "exclude: intern");
  EXPECT_FALSE(plan.jobs[2].writes);
}

TEST(Project, JudgesAJobByThePlacesThatItsOwnAnswerStates) {
  KnownBoard known = MakeKnownBoard(2);
  known.jobs[0].detail_location = "Rome; Oslo";
  known.jobs[1].workplace = "remote";
  const Listing listing = Complete(MakeListed(1, 2));
  const BoardState board =
      StateAfter(known, listing, Reconcile(known, listing, {}, ExpiryPolicy{}, kNoon));
  const auto oslo = *CompanyFilter::Compile(
      {.titles = {}, .places = {.include = {"oslo"}, .exclude = {}, .remote = true}});
  const auto rome =
      *CompanyFilter::Compile({.titles = {}, .places = {.include = {"bern"}, .exclude = {}}});

  EXPECT_EQ(Project({}, board, oslo).counts.included, 2);
  const UserPlan plan = Project({}, board, rome);
  EXPECT_EQ(plan.counts.included, 1);
  EXPECT_EQ(plan.jobs[0].rule, "no include place matches");
}

TEST(Project, KeepsThePlacesOfAnAnswerThroughAChangedTitle) {
  KnownBoard known = MakeKnownBoard(2);
  for (KnownJob& job : known.jobs) job.detail_location = "Rome; Oslo";
  std::vector<ListedJob> listed = MakeListed(1, 2);
  listed[0].title = "Head Cook";
  listed[1].location = "Paris";
  const Listing listing = Complete(std::move(listed));

  const BoardState board = StateAfter(known, listing, Reconcile(known, listing, {}, {}, kNoon));

  EXPECT_EQ(board.jobs[0].fate, BoardFate::kChanged);
  EXPECT_EQ(board.jobs[0].stated.places, "Rome; Oslo");
  EXPECT_EQ(board.jobs[1].stated.places, "Paris");
}

TEST(Project, WritesNothingForAnUnchangedJob) {
  const UserPlan plan =
      Project(Saw(1), Board({MakeBoardJob(1, BoardFate::kUnchanged)}), Excluding({}));

  ExpectOne(plan, UserFate::kUnchanged, false);
  EXPECT_EQ(plan.counts.active_before, 1);
}

TEST(Project, CallsAJobChangedThatChangedInAReadingOfSomebodyElse) {
  BoardJob job = MakeBoardJob(1, BoardFate::kUnchanged);
  job.changed_reading = 6;

  ExpectOne(Project(Saw(1), Board({job}), Excluding({})), UserFate::kChanged, true);
}

TEST(Project, DoesNotTellAChangeTwiceThatAPartialReadingToldAlready) {
  BoardJob job = MakeBoardJob(1, BoardFate::kUnchanged);
  job.changed_reading = 6;
  UserView view = Saw(1);
  view.jobs[0].wrote_reading = 6;

  ExpectOne(Project(view, Board({job}), Excluding({})), UserFate::kUnchanged, false);
}

TEST(Project, CallsABoardsReopenedJobChangedWhereItNeverLeftForTheUser) {
  const UserPlan plan =
      Project(Saw(1), Board({MakeBoardJob(1, BoardFate::kReopened)}), Excluding({}));

  ExpectOne(plan, UserFate::kChanged, true);
}

TEST(Project, ReopensUnderTheSameRowWhatHadLeft) {
  UserView view = Saw(1);
  view.jobs[0].left = true;

  ExpectOne(Project(view, Board({MakeBoardJob(1, BoardFate::kUnchanged)}), Excluding({})),
            UserFate::kReopened, true);
}

TEST(Project, NotesAMissingJobOnceAndItsReturnOnce) {
  UserView noted = Saw(1);
  noted.jobs[0].missing = true;
  const BoardState missing = Board({MakeBoardJob(1, BoardFate::kMissing)});
  const BoardState back = Board({MakeBoardJob(1, BoardFate::kUnchanged)});

  ExpectOne(Project(Saw(1), missing, Excluding({})), UserFate::kMissing, true);
  ExpectOne(Project(noted, missing, Excluding({})), UserFate::kMissing, false);
  ExpectOne(Project(noted, back, Excluding({})), UserFate::kUnchanged, true);
}

TEST(Project, KeepsAWithheldJob) {
  const UserPlan plan =
      Project(Saw(1), Board({MakeBoardJob(1, BoardFate::kWithheld)}), Excluding({}));

  ExpectOne(plan, UserFate::kWithheld, true);
  EXPECT_EQ(plan.counts.withheld, 1);
}

TEST(Project, ExpiresWithTheBoardsReasonEvenLongAfter) {
  BoardJob job = MakeBoardJob(1, BoardFate::kExpired);
  job.reason = ExpiredReason::kDelisted;
  job.planned = BoardJob::kNone;

  const UserPlan plan = Project(Saw(1), Board({job}), Excluding({}));

  ExpectOne(plan, UserFate::kExpired, true);
  EXPECT_EQ(plan.jobs[0].reason, ExpiredReason::kDelisted);
}

TEST(Project, DoesNotNameWhatTheUserNeverHadOrHasLostAlready) {
  UserView view = Saw(1);
  view.jobs[0].left = true;
  const BoardState board =
      Board({MakeBoardJob(1, BoardFate::kExpired), MakeBoardJob(2, BoardFate::kExpired),
             MakeBoardJob(3, BoardFate::kMissing), MakeBoardJob(4, BoardFate::kWithheld)});

  EXPECT_TRUE(Project(view, board, Excluding({})).jobs.empty());
}

TEST(Project, NamesANewlyExcludedJobOnceExpiredAndCountsItExcludedToo) {
  const UserPlan plan =
      Project(Saw(1), Board({MakeBoardJob(1, BoardFate::kUnchanged)}), Excluding({"cook"}));

  ExpectOne(plan, UserFate::kExpired, true);
  EXPECT_EQ(plan.jobs[0].reason, ExpiredReason::kFiltered);
  EXPECT_EQ(plan.jobs[0].rule, "exclude: cook");
  EXPECT_EQ(plan.counts,
            (CompanyCounts{.listed = 1, .excluded = 1, .expired = 1, .active_before = 1}));
}

TEST(Project, OnlyExcludesWhatTheFilterExpiredBefore) {
  UserView view = Saw(1);
  view.jobs[0].left = true;

  ExpectOne(Project(view, Board({MakeBoardJob(1, BoardFate::kUnchanged)}), Excluding({"cook"})),
            UserFate::kExcluded, false);
}

TEST(Project, ExpiresAMissingOrWithheldJobThatTheFilterNowExcludes) {
  for (const BoardFate fate : {BoardFate::kMissing, BoardFate::kWithheld}) {
    const UserPlan plan = Project(Saw(1), Board({MakeBoardJob(1, fate)}), Excluding({"cook"}));
    ExpectOne(plan, UserFate::kExpired, true);
    EXPECT_EQ(plan.jobs[0].reason, ExpiredReason::kFiltered);
    EXPECT_EQ(plan.jobs[0].rule, "exclude: cook");
    EXPECT_EQ(plan.counts.excluded, 0);
  }
}

TEST(Project, RemovesNothingOnAPartialReadingNotEvenByTheFilter) {
  BoardState board = Board(
      {MakeBoardJob(1, BoardFate::kUnchanged), MakeBoardJob(2, BoardFate::kNotReconciled, "Chef"),
       MakeBoardJob(3, BoardFate::kNew, "Waiter"), MakeBoardJob(4, BoardFate::kExpired, "Porter")});
  board.whole = false;
  UserView view = Saw(2);
  view.jobs.push_back({.job_id = 4});

  const UserPlan plan = Project(view, board, Excluding({"cook"}));

  EXPECT_EQ(plan.counts, (CompanyCounts{.listed = 2,
                                        .included = 1,
                                        .excluded = 1,
                                        .new_jobs = 1,
                                        .active_before = 3,
                                        .not_reconciled = 3}));
  EXPECT_FALSE(plan.jobs[0].writes);
  EXPECT_TRUE(plan.jobs[2].writes);
}

TEST(StateAfter, HoldsEachJobOnceAsItStandsOnceThePlanIsCarriedOut) {
  KnownBoard known = MakeKnownBoard(4);
  known.jobs[3].expired = true;
  known.jobs[3].expired_reason = ExpiredReason::kDelisted;
  auto jobs = MakeListed(1, 2);
  jobs[0].title = "Cook";
  jobs.push_back(MakeListed(5));
  const Listing listing = Complete(jobs);
  const BoardPlan plan =
      Reconcile(known, listing, AllSay(Witness::kGone, 3, 3), ExpiryPolicy{}, kNoon);

  const BoardState state = StateAfter(known, listing, plan);

  ASSERT_EQ(state.jobs.size(), 5u);
  EXPECT_TRUE(state.whole);
  EXPECT_EQ(state.jobs[0].title, "Cook");
  EXPECT_EQ(state.jobs[2].external_id, "5");
  EXPECT_FALSE(state.jobs[3].open);
  EXPECT_EQ(state.jobs[3].reason, ExpiredReason::kGone);
  EXPECT_FALSE(state.jobs[4].open);
  EXPECT_EQ(state.jobs[4].reason, ExpiredReason::kDelisted);
  EXPECT_EQ(state.jobs[4].planned, BoardJob::kNone);
}

TEST(StateAfter, KeepsTheIdOfEveryKnownJob) {
  KnownBoard known = MakeKnownBoard(3);
  known.jobs[2].expired = true;
  const Listing listing = Complete(MakeListed(1, 1));

  const BoardState state =
      StateAfter(known, listing, Reconcile(known, listing, {}, ExpiryPolicy{}, kNoon));

  ASSERT_EQ(state.jobs.size(), 3u);
  EXPECT_EQ(state.jobs[0].id, 101);
  EXPECT_EQ(state.jobs[1].id, 102);
  EXPECT_EQ(state.jobs[2].id, 103);
}

}  // namespace
}  // namespace rolecall
