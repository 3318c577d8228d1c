// How runs end: aborted while they read or ingest, in error, lost, ended by somebody else; and what
// their numbers and logs say then.
#include <stop_token>
#include <thread>

#include "store/runs/run_lines.h"
#include "tests/work/rig.h"
#include "work/finalise_run.h"

namespace rolecall {
namespace {

using std::chrono::seconds;

class EndingsSuite : public BothDatabases {
 protected:
  static RunRecord AbortWhen(Rig& rig, const std::function<bool(const RunRecord&)>& ripe) {
    std::stop_source stop;
    const std::int64_t id = rig.Start();
    const auto status = rig.Work(id, {.stop = stop.get_token(), .progress = [&] {
                                        if (ripe(rig.Load(id))) stop.request_stop();
                                      }});
    EXPECT_TRUE(status) << status.error().message;
    RunRecord run = rig.Load(id);
    ExpectTrueRun(rig, run);
    return run;
  }
};

TEST_P(EndingsSuite, AbortsWhileItReadsAndKeepsWhatIsNotReadAsItWas) {
  Rig rig(database(), {.companies = 8, .jobs = 20, .churn = 0.3});
  rig.FollowAll();
  rig.settings.lanes = 1;
  rig.Run({.ingestion = Ingestion::kMock});
  rig.sim().Next();
  const auto closed = [](const RunRecord& run) {
    return std::ranges::count_if(run.companies,
                                 [](const CompanyOfRun& one) { return one.counts.listed > 0; });
  };

  const RunRecord run = AbortWhen(rig, [&](const RunRecord& now) { return closed(now) >= 3; });

  EXPECT_EQ(run.status, RunStatus::kAborted);
  EXPECT_EQ(run.error_message, "aborted");
  EXPECT_EQ(closed(run), 3);
  int untouched = 0;
  for (const CompanyOfRun& one : run.companies) {
    if (one.counts.listed > 0) continue;
    ++untouched;
    EXPECT_EQ(one.stage, Stage::kNotReconciled);
    EXPECT_EQ(one.counts.active_before, 20);
    EXPECT_EQ(one.counts.not_reconciled, 20);
    EXPECT_EQ(rig.Jobs(one.company).size(), 20);
    EXPECT_EQ(rig.Jobs(one.company, "all").size(), 20);
  }
  EXPECT_EQ(untouched, 5);
  EXPECT_EQ(rig.Run({.ingestion = Ingestion::kMock}).status, RunStatus::kFinished);
}

TEST_P(EndingsSuite, AbortsWhileItIngestsAndTheNextRunGoesOn) {
  Rig rig(database(), {.companies = 2, .jobs = 250, .churn = 0});
  const std::string company = rig.FirstOn("workday");
  rig.Follow(company);

  const RunRecord run = AbortWhen(rig, [](const RunRecord& now) { return now.totals.ready > 0; });

  EXPECT_EQ(run.status, RunStatus::kAborted);
  EXPECT_EQ(run.totals.included, 250);
  EXPECT_GT(run.totals.ready, 0);
  EXPECT_LT(run.totals.ready, 250);
  EXPECT_EQ(rig.Jobs(company, "ready").size(), run.totals.ready);
  EXPECT_EQ(rig.Jobs(company).size(), 250);
  const RunRecord next = rig.Run();
  EXPECT_EQ(next.totals.unchanged, 250);
  EXPECT_EQ(next.totals.ready, 250 - run.totals.ready);
  EXPECT_EQ(rig.sim().CountRequests(company).detail, 250) << "nothing is asked for twice";
}

TEST_P(EndingsSuite, AbortsTheWaitOfAMock) {
  Rig rig(database(), {.companies = 2, .jobs = 10});
  rig.FollowAll();
  rig.settings.mock_wait = std::chrono::minutes(10);
  std::stop_source stop;

  const RunRecord run =
      rig.Run({.ingestion = Ingestion::kMock, .stop = stop.get_token(), .progress = [&] {
                 stop.request_stop();
               }});

  EXPECT_EQ(run.status, RunStatus::kAborted);
}

TEST_P(EndingsSuite, StopsWhenSomebodyElseEndsTheRunAndKeepsThatStatus) {
  Rig rig(database(), {.companies = 2, .jobs = 10, .delay = std::chrono::milliseconds(1)});
  rig.FollowAll();
  rig.settings.mock_wait = std::chrono::minutes(10);
  const std::int64_t id = rig.Start({.ingestion = Ingestion::kMock});
  std::atomic<bool> ended = false;

  const auto status =
      rig.Work(id, {.progress = [&] {
                 if (rig.Load(id).status != RunStatus::kIngesting || ended.exchange(true)) return;
                 rig.Write([&](Transaction& tx) -> Result<void> {
                   TRY(const bool moved, MoveRun(tx, id,
                                                 {.from = RunStatus::kIngesting,
                                                  .to = RunStatus::kAborted,
                                                  .error_message = "by another"},
                                                 rig.clock.Now()));
                   EXPECT_TRUE(moved);
                   return CloseUnfinished(tx, {rig.user, id}, "by another", rig.clock.Now());
                 });
               }});

  ASSERT_TRUE(status) << status.error().message;
  EXPECT_EQ(*status, RunStatus::kAborted);
  EXPECT_EQ(rig.Load(id).error_message, "by another");
}

TEST_P(EndingsSuite, KeepsTheStatusOfWhoEndedTheRunFirst) {
  Rig rig(database(), {.companies = 1, .jobs = 1});
  rig.FollowAll();
  const std::int64_t id = rig.Start();
  const WorkTools tools = rig.Tools();
  RunLog log(database(), rig.clock.AsClock(), id, [](const RunLine&) {}, [](std::string_view) {});
  ASSERT_EQ(*FinaliseRun(tools, {rig.user, id}, {RunStatus::kAborted, "aborted"}, log),
            RunStatus::kAborted);

  const auto status = FinaliseRun(tools, {rig.user, id}, {RunStatus::kError, "broken"}, log);

  ASSERT_TRUE(status) << status.error().message;
  EXPECT_EQ(*status, RunStatus::kAborted);
  EXPECT_EQ(rig.Load(id).error_message, "aborted");
  const auto lines = rig.Lines(id);
  ASSERT_EQ(lines.size(), 1);
  EXPECT_TRUE(lines[0].message.starts_with("RUN aborted: 0 jobs")) << lines[0].message;
}

TEST_P(EndingsSuite, NothingIsLoggedAfterTheLastLine) {
  Rig rig(database(), {.companies = 1, .jobs = 1});
  rig.FollowAll();
  const std::int64_t id = rig.Start();
  std::vector<std::string> complaints;
  RunLog log(
      database(), rig.clock.AsClock(), id, [](const RunLine&) {},
      [&](std::string_view complaint) { complaints.emplace_back(complaint); });
  Must(FinaliseRun(rig.Tools(), {rig.user, id}, {RunStatus::kAborted, "aborted"}, log));

  log.Info("", "too late");
  log.Flush();

  EXPECT_EQ(rig.Lines(id).size(), 1);
  ASSERT_EQ(complaints.size(), 1);
  EXPECT_NE(complaints[0].find("too late"), std::string::npos) << complaints[0];
}

TEST_P(EndingsSuite, ASecondWorkerSharesTheWorkAndNothingIsDoneTwice) {
  Rig rig(database(), {.companies = 8, .jobs = 10, .delay = std::chrono::milliseconds(2)});
  rig.FollowAll();
  const std::int64_t id = rig.Start();
  rig.settings.lanes = 2;
  Rig other(database(), {.companies = 1, .jobs = 1}, &rig.fetcher());
  other.settings.lanes = 2;
  std::optional<Result<RunStatus>> second;

  std::jthread beside([&] { second = other.Work(id); });
  const auto status = rig.Work(id);
  beside.join();

  ASSERT_TRUE(status) << status.error().message;
  EXPECT_EQ(*status, RunStatus::kFinished);
  ASSERT_TRUE(*second) << second->error().message;
  EXPECT_EQ(**second, RunStatus::kFinished);
  const RunRecord run = rig.Load(id);
  ExpectTrueRun(rig, run);
  EXPECT_EQ(run.totals.new_jobs, 80);
  EXPECT_EQ(rig.Number("SELECT count(*) FROM readings"), 8);
  EXPECT_EQ(rig.Number("SELECT count(*) FROM run_lines WHERE message LIKE 'RUN %'"), 3);
  EXPECT_EQ(*other.Work(id), RunStatus::kFinished) << "a late one finds it ended";
}

TEST_P(EndingsSuite, IsAnErrorOnlyWhereEveryCompanyFailed) {
  Rig rig(database(), {.companies = 4, .jobs = 10, .churn = 0});
  rig.FollowAll();
  const auto companies = rig.companies();
  rig.Run({.ingestion = Ingestion::kMock});
  for (std::size_t i = 0; i < 3; ++i) Must(rig.sim().SetFault(companies[i].name, "http_500"));
  const RunRecord some = rig.Run({.ingestion = Ingestion::kMock});
  EXPECT_EQ(some.status, RunStatus::kFinished);
  EXPECT_EQ(some.totals.included, 10);
  EXPECT_EQ(some.warnings.size(), 3);
  Must(rig.sim().SetFault(companies[3].name, "http_500"));

  const RunRecord all = rig.Run({.ingestion = Ingestion::kMock});

  EXPECT_EQ(all.status, RunStatus::kError);
  EXPECT_EQ(all.error_message, "every company failed");
  EXPECT_EQ(all.totals, CompanyCounts{});
  for (const CompanyOfRun& one : all.companies) {
    EXPECT_EQ(one.stage, Stage::kError);
    EXPECT_EQ(one.counts.active_before, 10);
    EXPECT_EQ(one.counts.not_reconciled, 10);
  }
}

TEST_P(EndingsSuite, GivesACompanyThreeAttemptsAndGoesOnWithTheOthers) {
  Rig rig(database(), {.companies = 6, .jobs = 10, .churn = 0});
  rig.FollowAll();
  rig.settings.lanes = 1;
  const std::int64_t id = rig.Start({.ingestion = Ingestion::kMock});
  bool hidden = false;

  const auto status = rig.Work(id, {.progress = [&] {
                                 if (hidden || rig.Load(id).totals.included == 0) return;
                                 hidden = true;
                                 rig.Write([](Transaction& tx) {
                                   return tx->RunScript("ALTER TABLE job_events RENAME TO away");
                                 });
                               }});

  ASSERT_TRUE(status) << status.error().message;
  EXPECT_EQ(*status, RunStatus::kFinished);
  const RunRecord run = rig.Load(id);
  ExpectTrueRun(rig, run);
  EXPECT_EQ(run.totals.included, 10);
  EXPECT_EQ(std::ranges::count(run.companies, Stage::kError, &CompanyOfRun::stage), 5);
  EXPECT_EQ(rig.Number("SELECT count(*) FROM run_lines WHERE message LIKE '%attempt _ of 3 "
                       "failed%'"),
            10)
      << "two attempts of five are told so, the third ends the company";
  rig.Write([](Transaction& tx) { return tx->RunScript("ALTER TABLE away RENAME TO job_events"); });
  EXPECT_EQ(rig.Run({.ingestion = Ingestion::kMock}).totals.ready, 60);
}

TEST_P(EndingsSuite, EndsInErrorWhereTheDatabaseRefusesEvenToTakeACompanyBack) {
  Rig rig(database(), {.companies = 4, .jobs = 10, .churn = 0});
  rig.FollowAll();
  rig.settings.lanes = 1;
  rig.settings.log_patience = std::chrono::milliseconds(0);
  const std::int64_t id = rig.Start({.ingestion = Ingestion::kMock});
  bool hidden = false;
  const auto set_hidden = [&](bool hide) {
    rig.Write([&](Transaction& tx) {
      return hide ? tx->RunScript("ALTER TABLE run_lines RENAME TO away")
                  : tx->RunScript("ALTER TABLE away RENAME TO run_lines");
    });
  };

  const auto status = rig.Work(id, {.progress = [&] {
                                 if (hidden || rig.Load(id).totals.included == 0) return;
                                 set_hidden(hidden = true);
                               }});

  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().code, Errc::kStorage);
  EXPECT_FALSE(IsFinal(rig.Load(id).status)) << "whoever comes takes it up";
  set_hidden(false);
  rig.clock.Advance(seconds(61));  // what it could not give back lapses
  EXPECT_EQ(*rig.Work(id), RunStatus::kFinished);
  ExpectTrueRun(rig, rig.Load(id));
}

TEST_P(EndingsSuite, CountsNoRemovedCompanyAmongThoseThatWereRead) {
  Rig rig(database(), {.companies = 2, .jobs = 10, .churn = 0});
  rig.FollowAll();
  rig.Run();
  const std::string removed = rig.FirstOn("greenhouse"), failing = rig.FirstOn("workday");
  rig.Write([&](Transaction& tx) { return Unfollow(tx, rig.user, removed); });
  Must(rig.sim().SetFault(failing, "http_500"));

  const RunRecord run = rig.Run();

  EXPECT_EQ(run.status, RunStatus::kError) << "the one company that was read failed";
  EXPECT_EQ(run.totals.expired, 10);
}

TEST_P(EndingsSuite, FindsARunThatItsWorkerLeft) {
  Rig rig(database(), {.companies = 2, .jobs = 10, .churn = 0});
  rig.FollowAll();
  const auto left = [&] { return Must(FindLeftRun(database(), rig.user, rig.clock.Now())); };
  EXPECT_FALSE(left());
  const std::int64_t id = Must(StartRun(
      database(), {.user_id = rig.user, .trigger = "cli", .companies = {}, .worker = rig.worker},
      rig.clock.Now()));
  EXPECT_FALSE(left()) << "whoever started it is there";

  rig.clock.Advance(kAnnouncedFor + seconds(1));

  EXPECT_EQ(left(), id);
  EXPECT_EQ(*rig.Work(id), RunStatus::kFinished);
  EXPECT_FALSE(left());
}

TEST_P(EndingsSuite, OfTwoStartsAtOnceOneIsToldOfTheOther) {
  Rig rig(database(), {.companies = 2, .jobs = 1});
  rig.FollowAll();
  for (int round = 0; round < 10; ++round) {
    std::array<Result<std::int64_t>, 2> started;
    {
      std::vector<std::jthread> starters;
      for (auto& one : started)
        starters.emplace_back([&] {
          one = StartRun(database(), {.user_id = rig.user, .trigger = "cli", .companies = {}},
                         rig.clock.Now());
        });
    }
    ASSERT_NE(started[0].has_value(), started[1].has_value());
    const auto& won = started[0] ? started[0] : started[1];
    const auto& refused = started[0] ? started[1] : started[0];
    EXPECT_EQ(refused.error().code, Errc::kConflict) << refused.error().message;
    EXPECT_NE(refused.error().message.find(fmt::format("run {} ", *won)), std::string::npos)
        << refused.error().message;
    EXPECT_EQ(rig.Number("SELECT count(*) FROM ingestion_runs WHERE finished_at IS NULL"), 1);
    ASSERT_TRUE(rig.Work(*won, {.ingestion = Ingestion::kMock}));
  }
}

ROLECALL_ON_BOTH_DATABASES(EndingsSuite);

}  // namespace
}  // namespace rolecall
