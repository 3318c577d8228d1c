// A projection by what changed says what one by all jobs says, whatever came before.
#include "domain/changed_part.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <optional>
#include <ranges>
#include <set>

#include "tests/property/every_history.h"

namespace rolecall {
namespace {

struct LastOfFollower {
  FilterTerms terms;
  LastProjection projection;
};

// Rows that a plan writes, and how each comes to be what it is.
using Written = std::map<std::int64_t, std::pair<UserFate, ExpiredReason>>;

Written WrittenBy(const UserPlan& plan, const BoardState& board) {
  Written written;
  for (const UserPlanned& one : plan.jobs)
    if (one.writes) written[board.jobs.at(one.job).id] = {one.fate, one.reason};
  return written;
}

CompanyCounts CountsOf(const UserPlan& plan, const ContentPlan& contents) {
  CompanyCounts counts = plan.counts;
  counts.ready = contents.ready;
  counts.skipped = contents.skipped;
  counts.failed = contents.failed;
  return counts;
}

UserView RowsOf(const UserView& view, const BoardState& board) {
  std::set<std::int64_t> ids;
  for (const BoardJob& job : board.jobs) ids.insert(job.id);
  UserView rows{.jobs = {}, .last_reading_id = view.last_reading_id};
  for (const UserJob& job : view.jobs)
    if (ids.contains(job.job_id)) rows.jobs.push_back(job);
  return rows;
}

// Returns how many jobs it looked at.
std::size_t ExpectSame(const Step& step, const UserStep& user, const BoardState& all,
                       const LastProjection& last, bool by_request) {
  const ContentPolicy policy{.by_request = by_request};
  const ContentPlan of_all = PlanContents(
      {step.before, step.plan, all, user.plan, user.before.last_reading_id}, policy, step.now);

  const ChangedPart part = ChangedSince(last, step.before, step.plan, all, policy, step.now);
  const UserView rows = RowsOf(user.before, part.board);
  UserPlan plan = Project(rows, part.board, *CompanyFilter::Compile(user.terms));
  ContentPlan contents = PlanContents(
      {step.before, step.plan, part.board, plan, rows.last_reading_id}, policy, step.now);

  EXPECT_TRUE(AddUnchanged(last, part.listed_else, rows, plan.counts, contents));
  EXPECT_EQ(CountsOf(plan, contents), CountsOf(user.plan, of_all));
  EXPECT_EQ(contents.ask, of_all.ask);
  EXPECT_EQ(WrittenBy(plan, part.board), WrittenBy(user.plan, all));
  return part.board.jobs.size();
}

TEST(ChangedPart, IsProjectedAsAllJobsAre) {
  std::size_t looked_at = 0, all_jobs = 0;
  InEveryHistory([&] {
    return [&, last = std::map<std::size_t, LastOfFollower>()](const Step& step) mutable {
      const BoardState all = StateAfter(step.before, step.listing, step.plan);
      for (const UserStep& user : step.users) {
        const auto before = last.find(user.follower);
        if (all.whole && before != last.end() && before->second.terms == user.terms)
          for (const bool by_request : {false, true}) {
            looked_at += ExpectSame(step, user, all, before->second.projection, by_request);
            all_jobs += all.jobs.size();
          }
        const CompanyCounts& c = user.plan.counts;
        if (all.whole)
          last[user.follower] = {user.terms,
                                 {.board_version = step.reading_id,
                                  .reading_id = step.reading_id,
                                  .active = c.included + c.missing + c.withheld}};
        else if (std::ranges::any_of(user.plan.jobs, &UserPlanned::writes))
          last.erase(user.follower);
      }
    };
  });
  EXPECT_GT(looked_at, 0u);
  EXPECT_LT(looked_at * 2, all_jobs) << "what did not change is looked at all the same";
}

TEST(ChangedPart, IsNotBelievedWhereRowsContradictTheNumbers) {
  const UserView rows{.jobs = {{.job_id = 1}, {.job_id = 2}, {.job_id = 3, .left = true}}};
  CompanyCounts counts;
  ContentPlan contents;

  EXPECT_FALSE(AddUnchanged({.active = 1}, 5, rows, counts, contents));
  EXPECT_FALSE(AddUnchanged({.active = 8}, 5, rows, counts, contents));
  EXPECT_EQ(counts, CompanyCounts{});

  EXPECT_TRUE(AddUnchanged({.active = 6}, 5, rows, counts, contents));
  EXPECT_EQ(counts,
            (CompanyCounts{
                .listed = 5, .included = 4, .excluded = 1, .unchanged = 4, .active_before = 4}));
  EXPECT_EQ(contents.skipped, 4);
}

}  // namespace
}  // namespace rolecall
