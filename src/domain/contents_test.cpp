// Which contents are asked for, and how those that are not asked for count.
#include "domain/contents.h"

#include <gtest/gtest.h>

#include "tests/property/builders.h"

namespace rolecall {
namespace {

using std::chrono::hours;

constexpr ContentPolicy kByRequest{.by_request = true};
constexpr ContentPolicy kInline{};

// One job of the user's, as the plans leave it; the user's last reading was 5.
struct OneJob {
  KnownJob known;
  PlannedJob planned{.fate = BoardFate::kUnchanged, .id = 101, .known = 0};
  UserFate fate = UserFate::kUnchanged;
};

ContentPlan PlanFor(const std::vector<OneJob>& jobs, const ContentPolicy& policy) {
  KnownBoard known;
  BoardPlan board_plan{.jobs = {}, .whole = true, .trouble = {}};
  BoardState board{.jobs = {}, .whole = true};
  UserPlan plan;
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    known.jobs.push_back(jobs[i].known);
    board_plan.jobs.push_back(jobs[i].planned);
    if (jobs[i].planned.known != PlannedJob::kNone) board_plan.jobs.back().known = i;
    board.jobs.push_back({.id = static_cast<std::int64_t>(101 + i), .planned = i});
    plan.jobs.push_back({.fate = jobs[i].fate, .job = i, .rule = {}});
  }
  return PlanContents({known, board_plan, board, plan, 5}, policy, kNoon);
}

TEST(PlanContents, AsksForTheContentOfANewJobWhereTheListingHoldsNone) {
  OneJob job{.known = {}, .planned = {.fate = BoardFate::kNew}, .fate = UserFate::kNew};

  const ContentPlan contents = PlanFor({job}, kByRequest);

  EXPECT_EQ(contents.ask, std::vector<std::int64_t>{101});
  EXPECT_EQ(contents.ready + contents.skipped + contents.failed, 0);
}

TEST(PlanContents, AsksForNothingWhereTheListingHoldsIt) {
  OneJob job{.known = {},
             .planned = {.fate = BoardFate::kNew, .content_changed = true},
             .fate = UserFate::kNew};

  const ContentPlan contents = PlanFor({job}, kInline);

  EXPECT_TRUE(contents.ask.empty());
  EXPECT_EQ(contents.ready, 1);
}

TEST(PlanContents, AsksAgainForAChangedOrReopenedJob) {
  for (const BoardFate fate : {BoardFate::kChanged, BoardFate::kReopened}) {
    OneJob job{.known = MakeKnown(1), .fate = UserFate::kChanged};
    job.planned.fate = fate;
    EXPECT_EQ(PlanFor({job}, kByRequest).ask.size(), 1u);
  }
}

TEST(PlanContents, SkipsAnUnchangedJobWhoseContentTheUserHasSeen) {
  OneJob job{.known = MakeKnown(1)};
  job.known.content_reading = 5;

  EXPECT_EQ(PlanFor({job}, kByRequest).skipped, 1);
  EXPECT_EQ(PlanFor({job}, kInline).skipped, 1);
}

TEST(PlanContents, CountsAContentReadyThatCameSinceTheUsersLastReading) {
  OneJob job{.known = MakeKnown(1)};
  job.known.content_reading = 6;

  EXPECT_EQ(PlanFor({job}, kByRequest).ready, 1);
}

TEST(PlanContents, CountsAnInlineContentReadyThatChangedInThisReading) {
  OneJob job{.known = MakeKnown(1)};
  job.planned.content_changed = true;

  EXPECT_EQ(PlanFor({job}, kInline).ready, 1);
}

TEST(PlanContents, AsksForWhatIsOutstandingAndGivesUpOnWhatFailed) {
  OneJob outstanding{.known = MakeKnown(1)}, failed{.known = MakeKnown(2)};
  outstanding.known.content_state = ContentState::kOutstanding;
  failed.known.content_state = ContentState::kFailed;

  const ContentPlan contents = PlanFor({outstanding, failed}, kByRequest);

  EXPECT_EQ(contents.ask, std::vector<std::int64_t>{101});
  EXPECT_EQ(contents.failed, 1);
}

TEST(PlanContents, LooksAgainAtTheOldestStaleOnesUpToALimit) {
  std::vector<OneJob> jobs(3, OneJob{.known = MakeKnown(1)});
  jobs[0].known.content_checked_at = kNoon - hours(8 * 24);
  jobs[1].known.content_checked_at = kNoon - hours(9 * 24);
  jobs[2].known.content_checked_at = kNoon - hours(7 * 24);

  const ContentPlan contents = PlanFor(jobs, {.by_request = true, .max_stale = 1});

  EXPECT_EQ(contents.ask, std::vector<std::int64_t>{102});
  EXPECT_EQ(contents.skipped, 2);
}

TEST(PlanContents, LeavesOutWhatIsNotIncluded) {
  for (const UserFate fate : {UserFate::kExpired, UserFate::kMissing, UserFate::kWithheld,
                              UserFate::kExcluded, UserFate::kNotReconciled}) {
    OneJob job{.known = MakeKnown(1), .fate = fate};
    job.known.content_state = ContentState::kOutstanding;
    const ContentPlan contents = PlanFor({job}, kByRequest);
    EXPECT_TRUE(contents.ask.empty());
    EXPECT_EQ(contents.ready + contents.skipped + contents.failed, 0);
  }
}

TEST(PlanContents, AsksForNothingInMock) {
  OneJob job{.known = {}, .planned = {.fate = BoardFate::kNew}, .fate = UserFate::kNew};

  const ContentPlan contents = PlanFor({job}, {.ingestion = Ingestion::kMock, .by_request = true});

  EXPECT_TRUE(contents.ask.empty());
  EXPECT_EQ(contents.ready, 0);
}

}  // namespace
}  // namespace rolecall
