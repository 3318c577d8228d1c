// The clock stands within a round, so that the same history always ends in the same database.
#include "tests/replay/replay.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "run/start_run.h"
#include "run/worker_name.h"
#include "store/boards/boards.h"
#include "store/users/companies.h"
#include "store/users/users.h"
#include "tests/replay/history_web.h"
#include "tests/support/databases.h"
#include "tests/support/manual_clock.h"
#include "work/work_run.h"

namespace rolecall {
namespace {

WorkSettings SettingsOfReplay() {
  WorkSettings settings;
  settings.lanes = 2;
  settings.retry_pause = std::chrono::milliseconds(0);
  return settings;
}

Result<void> FollowAll(Database& database, const RealHistory& history, std::string_view kind) {
  TRY(auto tx, database.Write());
  for (const HistoryBoard& board : history.boards) {
    TRY(const auto id, FindOrAddBoard(tx, kind, board.token));
    CHECK_OK(Follow(tx, {kUser, board.token}, id, kTestNow));
  }
  return tx.Commit();
}

Result<RunRecord> Run(const WorkTools& tools) {
  TRY(const auto id,
      StartRun(tools.database,
               {.user_id = kUser, .trigger = "schedule", .companies = {}, .approved = {}},
               tools.clock()));
  {
    RunLog log(
        tools.database, tools.clock, id, [](const RunLine&) {},
        [](std::string_view complaint) { ADD_FAILURE() << complaint; });
    CHECK_OK(WorkRun(tools, {kUser, id}, log, {}));
  }
  TRY(auto db, tools.database.Reader());
  return LoadRun(*db, kUser, id);
}

void ExpectOnlyTheUnansweredFailed(const RealHistory& history, const RunRecord& run, int round) {
  EXPECT_EQ(run.status, RunStatus::kFinished) << "round " << round << ": " << run.error_message;
  ASSERT_EQ(run.companies.size(), history.boards.size());
  for (const HistoryBoard& board : history.boards) {
    const auto part = std::ranges::find(run.companies, board.token, &CompanyOfRun::company);
    ASSERT_NE(part, run.companies.end()) << board.token;
    const bool answered = board.answers[static_cast<std::size_t>(round)];
    EXPECT_EQ(part->stage, answered ? Stage::kDone : Stage::kError)
        << "round " << round << ", " << board.token << ": " << part->error_message;
  }
}

}  // namespace

Timestamp BeginOf(const RealHistory& history, int round) {
  return kTestNow + history.begins[static_cast<std::size_t>(round)];
}

void Replay(Database& database, const BoardRegistry& kinds, const RealHistory& history,
            std::string_view kind) {
  const auto followed = FollowAll(database, history, kind);
  ASSERT_TRUE(followed) << followed.error().message;
  HistoryWeb web(history);
  ManualClock clock(kTestNow);
  const WorkTools tools{.database = database,
                        .kinds = kinds,
                        .fetcher = web,
                        .clock = clock.AsClock(),
                        .leases = {.worker = NewWorkerName()},
                        .settings = SettingsOfReplay(),
                        .progress = {},
                        .each_beat = {}};
  for (int round = 0; round < kRounds; ++round) {
    web.Turn(round);
    clock.Advance(BeginOf(history, round) - clock.Now());
    const auto run = Run(tools);
    ASSERT_TRUE(run) << "round " << round << ": " << run.error().message;
    ExpectOnlyTheUnansweredFailed(history, *run, round);
  }
}

}  // namespace rolecall
