// Transactions that meet on the same rows: none waits for who waits for it, and none takes for done
// what another brought meanwhile.
#include <future>
#include <optional>

#include "run/close_run.h"
#include "run/leases.h"
#include "store/boards/contents.h"
#include "store/runs/claims.h"
#include "store/users/user_jobs.h"
#include "tests/store/board_rig.h"

namespace rolecall {
namespace {

using std::chrono::seconds;

constexpr seconds kPatience{30};

class SideBySide : public BothDatabases {
 protected:
  void Write(const std::function<Result<void>(Transaction&)>& change) {
    auto tx = Needed(database().Write());
    Needed(change(tx));
    Needed(tx.Commit());
  }

  // Of one company on the board.
  std::int64_t AddRunOf(const BoardRig& board) {
    std::int64_t id = 0;
    Write([&](Transaction& tx) -> Result<void> {
      TRY(id, AddRun(tx, {.run_key = "key", .user_id = kUser, .trigger = "cli"},
                     {{.company = "acme", .board_id = board.id, .terms = {}}}, kTestNow));
      return {};
    });
    return id;
  }

  Claim Take(std::int64_t run_id) {
    std::optional<Claim> claim;
    Write([&](Transaction& tx) -> Result<void> {
      TRY(claim,
          TakeCompany(tx, {.run_id = run_id}, {"someone", kTestNow, kTestNow + seconds(60)}));
      return {};
    });
    return claim.value();
  }
};

TEST_P(SideBySide, WhoEndsARunDoesNotWaitForALaneThatWritesContents) {
  BoardRig board(database());
  board.content_by_request = true;
  Needed(board.Read(WholeListing(MakeJobs(1, 2))));
  const std::int64_t id = AddRunOf(board);
  const Claim claim = Take(id);
  const std::vector<ContentOutcome> outcomes{{board.Job(1).id, "text", "needs", ""}};
  Write([&](Transaction& tx) {
    return WantContents(tx, id, "acme", {board.Job(1).id, board.Job(2).id});
  });
  std::future<Result<EndedRun>> ended;
  auto lane = Needed(database().Write());
  Needed(WriteContents(
      lane,
      {.run_id = id, .user_id = kUser, .reading_id = 1, .outcomes = outcomes, .now = kTestNow}));

  ended = std::async(std::launch::async, [&] {
    return EndRun(database(), {kUser, id}, {RunStatus::kAborted, "aborted"}, kTestNow);
  });

  ASSERT_EQ(ended.wait_for(kPatience), std::future_status::ready);
  EXPECT_EQ(Needed(ended.get()).status, RunStatus::kAborted);
  const auto refused = CheckClaim(lane, claim, kTestNow, seconds(60));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::kCancelled);
}

TEST_P(SideBySide, ALaneThatCheckedItsClaimCommitsBeforeTheRunEnds) {
  BoardRig board(database());
  board.content_by_request = true;
  Needed(board.Read(WholeListing(MakeJobs(1, 2))));
  const std::int64_t id = AddRunOf(board);
  const Claim claim = Take(id);
  const std::vector<ContentOutcome> outcomes{{board.Job(1).id, "text", "needs", ""}};
  Write([&](Transaction& tx) {
    return WantContents(tx, id, "acme", {board.Job(1).id, board.Job(2).id});
  });
  auto lane = Needed(database().Write());
  Needed(WriteContents(
      lane,
      {.run_id = id, .user_id = kUser, .reading_id = 1, .outcomes = outcomes, .now = kTestNow}));
  Needed(CheckClaim(lane, claim, kTestNow, seconds(60)));
  auto ended = std::async(std::launch::async, [&] {
    return EndRun(database(), {kUser, id}, {RunStatus::kAborted, "aborted"}, kTestNow);
  });
  EXPECT_TRUE(test_database().SomebodyWaits());

  Needed(TakeOffWanted(lane, id, "acme", outcomes));
  Needed(AddContentCounts(lane, {id, "acme"}, {.ready = 1}));
  Needed(lane.Commit());

  EXPECT_EQ(Needed(ended.get()).status, RunStatus::kAborted);
  EXPECT_EQ(Needed(LoadRun(*Needed(database().Reader()), kUser, id)).totals.ready, 1);
  EXPECT_EQ(board.Number("SELECT count(*) FROM run_contents"), 0);
}

TEST_P(SideBySide, FreeingWhatTheDeadHadWaitsForNobody) {
  BoardRig board(database());
  const std::int64_t id = AddRunOf(board);
  Take(id);
  auto other = Needed(database().Write());
  Needed(other->Run("UPDATE run_companies SET lapses = lapses"));

  auto freed = std::async(std::launch::async, [&] {
    auto tx = Needed(database().Write());
    return Needed(FreeClaimsOf(tx, "someone")).size();
  });

  const bool at_once = freed.wait_for(kPatience) == std::future_status::ready;
  Needed(other.Commit());
  EXPECT_TRUE(at_once);
  EXPECT_EQ(freed.get(), 0);
  auto tx = Needed(database().Write());
  EXPECT_EQ(Needed(FreeClaimsOf(tx, "someone")).size(), 1);
}

TEST_P(SideBySide, WhatDepartsWhileARunExpiresOthersIsLeftToTheNext) {
  const auto depart = [](Transaction& tx, const char* company) {
    return tx->Run(
        "INSERT INTO departures (user_id, company, board_id, last_run_id) VALUES "
        "(:user, :company, 1, 0)",
        {{"user", kUser}, {"company", company}});
  };
  BoardRig board(database());
  Needed(board.Read(WholeListing(MakeJobs(1, 1))));
  Write([&](Transaction& tx) -> Result<void> {
    CHECK_OK(depart(tx, "first"));
    CHECK_OK(
        tx->Run("INSERT INTO user_jobs (user_id, job_id, company, came_run_id, wrote_run_id) "
                "VALUES (:user, :job, 'first', 1, 1)",
                {{"user", kUser}, {"job", board.Job(1).id}}));
    return {};
  });
  auto holder = Needed(database().Write());
  Needed(holder->Run("UPDATE user_jobs SET company = company"));
  auto expired = std::async(std::launch::async, [&] {
    std::vector<Departed> departed;
    Write([&](Transaction& tx) -> Result<void> {
      TRY(departed, ExpireDeparted(tx, {kUser, 0}, kTestNow));
      return {};
    });
    return departed.size();
  });
  EXPECT_TRUE(test_database().SomebodyWaits());

  Write([&](Transaction& tx) -> Result<void> {
    CHECK_OK(depart(tx, "second"));
    return {};
  });
  Needed(holder.Commit());

  EXPECT_EQ(expired.get(), 1);
  EXPECT_EQ(board.Number("SELECT count(*) FROM departures WHERE company = 'second'"), 1);
}

// SQLite has one writer.
INSTANTIATE_TEST_SUITE_P(Server, SideBySide, testing::Values(Dialect::kPostgres), DialectName);

}  // namespace
}  // namespace rolecall
