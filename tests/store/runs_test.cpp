// The tables ingestion_runs, run_companies, run_contents, run_warnings, run_lines.
#include "store/runs/runs.h"

#include <thread>

#include "store/boards/contents.h"
#include "store/runs/run_lines.h"
#include "tests/store/board_rig.h"

namespace rolecall {
namespace {

class RunTables : public BothDatabases {
 protected:
  void Write(const std::function<Result<void>(Transaction&)>& change) {
    auto tx = Needed(database().Write());
    Needed(change(tx));
    Needed(tx.Commit());
  }
  std::int64_t Add(const std::vector<std::string>& companies, std::string key = "key") {
    const BoardRig board(database());
    std::vector<Following> followed;
    for (const std::string& name : companies)
      followed.push_back({.company = name, .board_id = board.id, .terms = {}});
    std::int64_t id = 0;
    Write([&](Transaction& tx) -> Result<void> {
      TRY(id, AddRun(tx, {.run_key = key, .user_id = kUser, .trigger = "cli"}, followed, kTestNow));
      return {};
    });
    return id;
  }
  RunRecord Load(std::int64_t id) {
    return Needed(LoadRun(*Needed(database().Reader()), kUser, id));
  }
  bool Move(std::int64_t id, RunStatus from, RunStatus to) {
    bool moved = false;
    Write([&](Transaction& tx) -> Result<void> {
      TRY(moved, MoveRun(tx, id, {.from = from, .to = to}, kTestNow));
      return {};
    });
    return moved;
  }
};

TEST_P(RunTables, MovesARunOnlyFromWhereItStands) {
  const std::int64_t id = Add({"acme"});

  EXPECT_FALSE(Move(id, RunStatus::kInitializing, RunStatus::kIngesting));
  EXPECT_TRUE(Move(id, RunStatus::kPending, RunStatus::kInitializing));
  EXPECT_FALSE(Move(id, RunStatus::kPending, RunStatus::kInitializing));
  EXPECT_FALSE(Move(id, RunStatus::kInitializing, RunStatus::kFinished));
  EXPECT_TRUE(Move(id, RunStatus::kInitializing, RunStatus::kAborted));
  EXPECT_FALSE(Move(id, RunStatus::kInitializing, RunStatus::kIngesting));
  EXPECT_EQ(Load(id).status, RunStatus::kAborted);
  EXPECT_EQ(Load(id).finished_at, kTestNow);
  Write([&](Transaction& tx) -> Result<void> {
    TRY(const bool alive, BeatHeart(tx, id, kTestNow));
    EXPECT_FALSE(alive);
    return {};
  });
}

TEST_P(RunTables, HasOneActiveRunAUser) {
  const std::int64_t id = Add({"acme"});
  auto tx = Needed(database().Write());

  const auto second =
      AddRun(tx, {.run_key = "other", .user_id = kUser, .trigger = "cli"}, {}, kTestNow);

  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, Errc::kConflict);
  EXPECT_NE(second.error().message.find(fmt::format("run {}", id)), std::string::npos);
}

TEST_P(RunTables, AreReadWithTheProfileOfTheUserWhoseRunIsActive) {
  std::int64_t other = 0;
  Write([&](Transaction& tx) -> Result<void> {
    TRY(other,
        AddUser(tx,
                {.email = "ann@example.org", .name = "Ann", .picture_url = "", .password_hash = ""},
                kTestNow));
    return {};
  });
  const auto read = [&](std::int64_t user) {
    return LoadProfileWithRun(*Needed(database().Reader()), user);
  };
  EXPECT_EQ(Needed(read(kUser)).active_run, std::nullopt);

  const std::int64_t id = Add({"acme"});

  EXPECT_EQ(Needed(read(kUser)).active_run, id);
  EXPECT_EQ(Needed(read(kUser)).user.email, kLocalUser);
  EXPECT_EQ(Needed(read(other)).active_run, std::nullopt);
  EXPECT_EQ(Needed(read(other)).user.name, "Ann");
  EXPECT_EQ(read(other + 1).error().code, Errc::kNotFound);
  EXPECT_TRUE(Move(id, RunStatus::kPending, RunStatus::kAborted));
  EXPECT_EQ(Needed(read(kUser)).active_run, std::nullopt);
}

TEST_P(RunTables, TotalsAreTheSumsOfCompaniesWrittenAtOnce) {
  std::vector<std::string> companies;
  for (int i = 0; i < 8; ++i) companies.push_back(fmt::format("company-{}", i));
  const std::int64_t id = Add(companies);
  {
    std::vector<std::jthread> lanes;
    for (const std::string& company : companies)
      lanes.emplace_back([&, company] {
        Write([&](Transaction& tx) {
          return WriteCompany(
              tx, id,
              {.company = company,
               .error_message = {},
               .counts = {.listed = 9, .included = 7, .excluded = 2, .new_jobs = 7}});
        });
        for (int i = 0; i < 3; ++i)
          Write([&](Transaction& tx) {
            return AddContentCounts(tx, {id, company}, {.ready = 1, .skipped = 1});
          });
        if (company == "company-3")
          Write([&](Transaction& tx) {
            return FailCompany(tx, {id, company}, {.user_id = kUser, .message = "broken"},
                               kTestNow);
          });
      });
  }

  const RunRecord run = Load(id);
  EXPECT_EQ(run.totals.included, 56);
  EXPECT_EQ(run.totals.new_jobs, 56);
  EXPECT_EQ(run.totals.ready, 24);
  EXPECT_EQ(run.totals.skipped, 24);
  EXPECT_EQ(run.totals.failed, 1) << "what was not settled when the company failed";
}

TEST_P(RunTables, TotalsHoldWhatACommitThatWasWaitedForBrought) {
  if (GetParam() == Dialect::kSqlite) GTEST_SKIP() << "SQLite has one writer";
  const std::int64_t id = Add({"first", "second"});
  const auto part = [](const char* company) {
    return CompanyOfRun{.company = company,
                        .error_message = {},
                        .counts = {.listed = 5, .included = 5, .new_jobs = 5}};
  };
  auto first = Needed(database().Write());
  Needed(WriteCompany(first, id, part("first")));
  std::jthread second(
      [&] { Write([&](Transaction& tx) { return WriteCompany(tx, id, part("second")); }); });
  EXPECT_TRUE(test_database().SomebodyWaits());

  Needed(first.Commit());
  second.join();

  EXPECT_EQ(Load(id).totals.included, 10);
}

TEST_P(RunTables, ClosesWhatWasNotEndedWithAWarningForWhatWasNotRead) {
  const std::int64_t id = Add({"ingesting", "reading", "waiting"});
  Write([&](Transaction& tx) -> Result<void> {
    CHECK_OK(MoveCompany(tx, {id, "reading"}, {.from = Stage::kWaiting, .to = Stage::kReading},
                         kTestNow));
    CHECK_OK(MoveCompany(tx, {id, "ingesting"}, {.from = Stage::kWaiting, .to = Stage::kIngesting},
                         kTestNow));
    TRY(const bool twice,
        MoveCompany(tx, {id, "ingesting"}, {.from = Stage::kWaiting, .to = Stage::kIngesting},
                    kTestNow));
    EXPECT_FALSE(twice);
    return CloseUnfinished(tx, {kUser, id}, "aborted", kTestNow);
  });

  const RunRecord run = Load(id);
  EXPECT_EQ(run.companies[0].stage, Stage::kDone);
  EXPECT_EQ(run.companies[1].stage, Stage::kNotReconciled);
  EXPECT_EQ(run.companies[2].stage, Stage::kNotReconciled);
  ASSERT_EQ(run.warnings.size(), 2);
  EXPECT_EQ(run.warnings[0].company, "reading");
  EXPECT_EQ(run.warnings[0].message, "not reconciled: aborted");
}

TEST_P(RunTables, WhatWasReadInPartIsNotReconciledThoughItsContentsWereUnderWay) {
  const std::int64_t id = Add({"partial"});
  Write([&](Transaction& tx) -> Result<void> {
    CHECK_OK(MoveCompany(tx, {id, "partial"}, {.from = Stage::kWaiting, .to = Stage::kReading},
                         kTestNow));
    CHECK_OK(WriteCompany(tx, id,
                          {.company = "partial",
                           .error_message = "not reconciled: page 3 of 5 failed",
                           .counts = {}}));
    CHECK_OK(MoveCompany(tx, {id, "partial"}, {.from = Stage::kReading, .to = Stage::kIngesting},
                         kTestNow));
    return CloseUnfinished(tx, {kUser, id}, "aborted", kTestNow);
  });

  const CompanyOfRun company = Load(id).companies[0];
  EXPECT_EQ(company.stage, Stage::kNotReconciled);
  EXPECT_EQ(company.error_message, "not reconciled: page 3 of 5 failed");
}

TEST_P(RunTables, ListsRunsNewestFirstAndOnlyTheUsersOwn) {
  std::vector<std::int64_t> ids;
  for (int i = 0; i < 5; ++i) {
    ids.push_back(Add({}, fmt::format("key {}", i)));
    EXPECT_TRUE(Move(ids.back(), RunStatus::kPending, RunStatus::kError));
  }
  auto db = Needed(database().Reader());

  const auto first = Needed(ListRuns(*db, kUser, 2, 0));
  const auto next = Needed(ListRuns(*db, kUser, 10, first.back().id));

  ASSERT_EQ(first.size(), 2);
  EXPECT_EQ(first[0].id, ids[4]);
  EXPECT_EQ(next.size(), 3);
  EXPECT_TRUE(Needed(ListRuns(*db, kUser + 1, 10, 0)).empty());
  EXPECT_EQ(LoadRun(*db, kUser + 1, ids[0]).error().code, Errc::kNotFound);
}

TEST_P(RunTables, NumbersLinesWithoutGapsUnderSeveralWritersAndRollbacks) {
  const std::int64_t id = Add({});
  {
    std::vector<std::jthread> writers;
    for (int i = 0; i < 4; ++i)
      writers.emplace_back([&, i] {
        for (int j = 0; j < 20; ++j) {
          auto tx = Needed(database().Write());
          std::vector<RunLine> lines(1 + static_cast<std::size_t>(j % 3),
                                     {.at_ms = j, .level = "info", .company = "", .message = "x"});
          Needed(AppendLines(tx, id, lines));
          if ((i + j) % 4 != 0) Needed(tx.Commit());
        }
      });
  }

  const auto lines = Needed(LoadLines(*Needed(database().Reader()), id, 0, 1'000));
  EXPECT_GT(lines.size(), 80);
  for (std::size_t i = 0; i < lines.size(); ++i)
    EXPECT_EQ(lines[i].seq, static_cast<std::int64_t>(i) + 1);
  EXPECT_EQ(Needed(LoadLines(*Needed(database().Reader()), id, 10, 5)).front().seq, 11);
}

TEST_P(RunTables, CountsEachOutcomeOnceAndLosesNoOldTextToTrouble) {
  BoardRig board(database());
  board.content_by_request = true;
  Needed(board.Read(WholeListing(MakeJobs(1, 2))));
  const std::int64_t id = Add({"acme"});
  const std::int64_t one = board.Job(1).id, two = board.Job(2).id;
  const auto write = [&](const std::vector<ContentOutcome>& outcomes) {
    ContentCounts counts;
    Write([&](Transaction& tx) -> Result<void> {
      CHECK_OK(WantContents(tx, id, "acme", {one, two}));
      TRY(counts, WriteContents(tx, {.run_id = id,
                                     .user_id = kUser,
                                     .reading_id = 1,
                                     .outcomes = outcomes,
                                     .now = kTestNow}));
      CHECK_OK(TakeOffWanted(tx, id, "acme", outcomes));
      EXPECT_FALSE(TakeOffWanted(tx, id, "acme", outcomes)) << "counted twice";
      return DropWanted(tx, id);
    });
    return counts;
  };

  const auto first = write({{one, "text", "needs", ""}, {two, "", "", "HTTP 502"}});
  const auto second = write({{one, "", "", "HTTP 502"}});

  EXPECT_EQ(first.ready, 1);
  EXPECT_EQ(first.failed, 1);
  EXPECT_EQ(second.failed, 0);
  EXPECT_EQ(board.Number("SELECT count(*) FROM job_contents WHERE description = 'text' AND "
                         "requirements = 'needs' AND state = 'ready'"),
            1);
  EXPECT_EQ(board.Job(2).content_state, ContentState::kOutstanding);
  write({{two, "", "", "HTTP 502"}});
  write({{two, "", "", "HTTP 502"}});
  EXPECT_EQ(board.Job(2).content_state, ContentState::kFailed);
}

ROLECALL_ON_BOTH_DATABASES(RunTables);

}  // namespace
}  // namespace rolecall
