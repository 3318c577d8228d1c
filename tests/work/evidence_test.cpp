// The rules of truth through the store: what faults may not do, and what two witnesses may.
#include "tests/work/rig.h"

namespace rolecall {
namespace {

using std::chrono::hours;

class Faults : public testing::TestWithParam<std::tuple<Dialect, const char*, const char*>> {
 protected:
  void SetUp() override {
    if (TestDatabase::LeftOut(dialect())) GTEST_SKIP() << "PostgreSQL is left out";
    test_database_ = std::make_unique<TestDatabase>(dialect());
  }
  Dialect dialect() { return std::get<0>(GetParam()); }
  std::string board() { return std::get<1>(GetParam()); }
  std::string fault() { return std::get<2>(GetParam()); }
  Database& database() { return test_database_->database(); }

 private:
  std::unique_ptr<TestDatabase> test_database_;
};

TEST_P(Faults, ExpireNobodyAndLeaveOtherCompaniesAlone) {
  Rig rig(database(), {.companies = 4, .jobs = 100, .churn = fault() == "cap" ? 0.05 : 0});
  const std::string faulty = rig.FirstOn(board());
  const std::string sound = rig.FirstOn(board() == "workday" ? "greenhouse" : "workday");
  rig.Follow(faulty);
  rig.Follow(sound);
  rig.Run({.ingestion = Ingestion::kMock});
  const auto before = IdsOf(rig.Jobs(faulty));
  ASSERT_EQ(before.size(), 100);
  if (fault() == "cap") {
    rig.sim().Next();
    rig.settings.limits.max_jobs = 50;
  } else {
    Must(rig.sim().SetFault(faulty, fault()));
  }
  if (fault() == "timeout") rig.Hurry(faulty);
  rig.clock.Advance(hours(1));

  const RunRecord run = rig.Run({.ingestion = Ingestion::kMock});

  EXPECT_EQ(run.status, RunStatus::kFinished);
  EXPECT_EQ(run.totals.expired, 0);
  EXPECT_TRUE(std::ranges::includes(IdsOf(rig.Jobs(faulty)), before));
  const CompanyOfRun& part = Of(run, faulty);
  EXPECT_EQ(part.counts.active_before, 100);
  EXPECT_EQ(part.counts.expired + part.counts.withheld, 0);
  EXPECT_NE(WarningsOf(run, faulty), "");
  if (fault() == "empty_list") {
    EXPECT_EQ(part.counts.missing, 100);
  } else {
    EXPECT_NE(part.error_message, "");
    EXPECT_EQ(part.counts.missing, 0);
  }
  if (fault() != "cap") {
    EXPECT_EQ(Of(run, sound).stage, Stage::kDone);
    EXPECT_EQ(Of(run, sound).counts.unchanged, 100);
  }
}

INSTANTIATE_TEST_SUITE_P(All, Faults,
                         testing::Combine(testing::Values(Dialect::kSqlite, Dialect::kPostgres),
                                          testing::Values("greenhouse", "workday"),
                                          testing::Values("timeout", "http_500", "http_403",
                                                          "empty_object", "empty_list", "html",
                                                          "page_3_fails", "cap")),
                         [](const auto& info) {
                           return fmt::format(
                               "{}_{}_{}",
                               std::get<0>(info.param) == Dialect::kSqlite ? "Sqlite" : "Postgres",
                               std::get<1>(info.param), std::get<2>(info.param));
                         });

class Evidence : public BothDatabases {
 protected:
  // A company of 200 after three complete listings, a day apart.
  std::string KnownFor3Days(Rig& rig, std::string_view board) {
    const std::string company = rig.FirstOn(board);
    rig.Follow(company);
    for (int i = 0; i < 3; ++i) {
      rig.Run({.ingestion = Ingestion::kMock});
      rig.clock.Advance(hours(24));
    }
    return company;
  }
};

constexpr SimSettings kLargeBoards{.companies = 2, .jobs = 200, .churn = 0};

TEST_P(Evidence, SparesJobsWhosePagesStand) {
  for (const std::string board : {"greenhouse", "workday"}) {
    Rig rig(database(), kLargeBoards);
    const std::string company = KnownFor3Days(rig, board);
    Must(rig.sim().Keep(company, 120, UnlistedPages::kStand));

    const RunRecord run = rig.Run({.ingestion = Ingestion::kMock});

    EXPECT_EQ(Of(run, company).counts.expired, 0);
    EXPECT_EQ(Of(run, company).counts.missing, 80);
    EXPECT_EQ(rig.Jobs(company).size(), 200);
    EXPECT_EQ(rig.Number("SELECT count(*) FROM jobs WHERE company = :company AND missing_since IS "
                         "NOT NULL AND status = 'ready'",
                         {{"company", company}}),
              80);
  }
}

TEST_P(Evidence, SparesJobsWhosePagesStandUnderAFilterThatKeepsEight) {
  Rig rig(database(), kLargeBoards);
  const std::string company = rig.FirstOn("greenhouse");
  rig.Follow(company);
  rig.Run({.ingestion = Ingestion::kMock});
  TitleTerms eight;
  for (const JobRow& job : rig.Jobs(company)) {
    if (std::ranges::find(eight.include, job.title) != eight.include.end()) continue;
    eight.include.push_back(job.title);
    if (eight.include.size() == 8) break;
  }
  rig.Filter(company, eight);
  for (int i = 0; i < 2; ++i) {
    rig.clock.Advance(hours(24));
    rig.Run({.ingestion = Ingestion::kMock});
  }
  const auto kept = IdsOf(rig.Jobs(company));
  ASSERT_GE(kept.size(), 8);
  ASSERT_LT(kept.size(), 60);
  Must(rig.sim().Keep(company, 120, UnlistedPages::kStand));
  rig.clock.Advance(hours(24));

  const RunRecord run = rig.Run({.ingestion = Ingestion::kMock});

  EXPECT_EQ(run.totals.expired, 0);
  EXPECT_EQ(IdsOf(rig.Jobs(company)), kept);
}

TEST_P(Evidence, ExpiresJobsThatAreGoneThereTooAndNamesBothWitnesses) {
  for (const std::string board : {"greenhouse", "workday"}) {
    Rig rig(database(), kLargeBoards);
    const std::string company = KnownFor3Days(rig, board);
    const std::int64_t seen = rig.Number(
        "SELECT b.complete_reading FROM boards b JOIN companies c ON c.board_id = b.id "
        "WHERE c.name = :company",
        {{"company", company}});
    Must(rig.sim().Keep(company, 120, UnlistedPages::kGone));

    const RunRecord run = rig.Run({.ingestion = Ingestion::kMock});

    EXPECT_EQ(Of(run, company).counts.expired, 80);
    EXPECT_EQ(rig.Jobs(company).size(), 120);
    const std::int64_t reading = Of(run, company).reading_id;
    const auto events =
        rig.Texts("SELECT detail FROM job_events WHERE kind = 'expired' AND reading_id = :reading",
                  {{"reading", reading}});
    ASSERT_EQ(events.size(), 80);
    for (const std::string& event : events) {
      EXPECT_NE(
          event.find(fmt::format("absent from a complete listing of 120 in reading {}", reading)),
          std::string::npos)
          << event;
      EXPECT_NE(event.find("gone at its own address (HTTP 40"), std::string::npos) << event;
      EXPECT_NE(event.find(fmt::format("last seen in reading {}", seen)), std::string::npos)
          << event;
    }
    EXPECT_EQ(rig.Number("SELECT count(*) FROM jobs WHERE expired_reason = 'gone' AND company = "
                         ":company",
                         {{"company", company}}),
              80);
  }
}

TEST_P(Evidence, DelistsAfterFourteenDaysAndFiveListings) {
  Rig rig(database(), {.companies = 1, .jobs = 30, .churn = 0});
  const std::string company = rig.FirstOn("greenhouse");
  rig.FollowAll();
  rig.Run();
  Must(rig.sim().Keep(company, 25, UnlistedPages::kStand));
  rig.Run();
  rig.clock.Advance(hours(24 * 14));
  EXPECT_EQ(rig.Run().totals.expired, 0) << "somebody was away";
  rig.clock.Advance(hours(24));
  EXPECT_EQ(rig.Run().totals.expired, 0);
  rig.clock.Advance(hours(1));
  EXPECT_EQ(rig.Run().totals.expired, 0);
  rig.clock.Advance(hours(1));

  const RunRecord run = rig.Run();

  EXPECT_EQ(run.totals.expired, 5);
  EXPECT_EQ(rig.Number("SELECT count(*) FROM jobs WHERE expired_reason = 'delisted'"), 5);
  EXPECT_EQ(rig.Jobs(company).size(), 25);
}

TEST_P(Evidence, BelievesZeroAfterThreeReadingsOverADay) {
  Rig rig(database(), {.companies = 1, .jobs = 10, .churn = 0});
  const std::string company = rig.FirstOn("greenhouse");
  rig.FollowAll();
  rig.Run();
  Must(rig.sim().Keep(company, 0, UnlistedPages::kGone));
  rig.clock.Advance(hours(1));
  const RunRecord first = rig.Run();
  EXPECT_EQ(first.totals.expired, 0);
  EXPECT_NE(WarningsOf(first, company).find("0 jobs listed where 10 were known"),
            std::string::npos);
  rig.clock.Advance(hours(23));
  EXPECT_EQ(rig.Run().totals.expired, 0);
  EXPECT_EQ(rig.Jobs(company).size(), 10);
  rig.clock.Advance(hours(1));

  const RunRecord third = rig.Run();

  EXPECT_EQ(third.totals.expired, 10);
  EXPECT_EQ(rig.Jobs(company).size(), 0);
}

TEST_P(Evidence, TakesADoubtedZeroForNoFirstWitness) {
  Rig rig(database(), {.companies = 1, .jobs = 40, .churn = 0});
  const std::string company = rig.FirstOn("greenhouse");
  rig.FollowAll();
  rig.Run();
  Must(rig.sim().SetFault(company, "empty_list"));
  rig.clock.Advance(hours(1));
  EXPECT_EQ(rig.Run().totals.missing, 40);
  Must(rig.sim().SetFault(company, "none"));
  Must(rig.sim().Keep(company, 35, UnlistedPages::kStand));
  rig.clock.Advance(hours(24 * 14));

  const RunRecord run = rig.Run();

  EXPECT_EQ(run.totals.expired, 0);
  EXPECT_EQ(run.totals.missing, 5);
  EXPECT_EQ(rig.Number("SELECT count(*) FROM jobs WHERE missing_since = :now",
                       {{"now", rig.clock.Now()}}),
            5);
  for (int i = 0; i < 4; ++i) {
    EXPECT_EQ(rig.Run().totals.expired, 0);
    rig.clock.Advance(hours(24 * 4));
  }
  EXPECT_EQ(rig.Run().totals.expired, 5);
}

TEST_P(Evidence, OffersJobsOfABoardThatFailsForFourteenDaysAndLosesNone) {
  Rig rig(database(), {.companies = 2, .jobs = 30, .churn = 0});
  const std::string company = rig.FirstOn("greenhouse");
  rig.FollowAll();
  rig.Run();
  Must(rig.sim().SetFault(company, "http_500"));
  rig.Run();
  rig.clock.Advance(hours(24 * 14) - std::chrono::milliseconds(1));
  EXPECT_EQ(Of(rig.Run(), company).counts.not_reconciled, 30);
  rig.clock.Advance(hours(1));

  for (int i = 0; i < 3; ++i) {
    const RunRecord run = rig.Run();
    EXPECT_EQ(Of(run, company).counts.withheld, 30);
    EXPECT_EQ(Of(run, company).counts.active_before, 30);
    EXPECT_NE(WarningsOf(run, company).find("offered for expiry as unreachable"),
              std::string::npos);
    rig.clock.Advance(hours(24 * 14));
  }
  EXPECT_EQ(rig.Jobs(company).size(), 30);
  Must(rig.sim().SetFault(company, "none"));
  const RunRecord read = rig.Run();
  EXPECT_EQ(Of(read, company).counts.unchanged, 30);
  EXPECT_EQ(rig.Number("SELECT count(*) FROM jobs WHERE withheld_since IS NOT NULL"), 0);
}

TEST_P(Evidence, WithholdsWhatManyWouldLeaveByWhileTheirPagesStand) {
  Rig rig(database(), kLargeBoards);
  const std::string company = KnownFor3Days(rig, "greenhouse");
  Must(rig.sim().Keep(company, 120, UnlistedPages::kStand));
  for (int i = 0; i < 4; ++i) {
    const RunRecord missing = rig.Run({.ingestion = Ingestion::kMock});
    EXPECT_EQ(missing.totals.missing, 80);
    EXPECT_TRUE(missing.warnings.empty());
    rig.clock.Advance(hours(24 * 4));
  }

  const RunRecord fifth = rig.Run({.ingestion = Ingestion::kMock});

  EXPECT_EQ(fifth.totals.withheld, 80);
  EXPECT_EQ(fifth.totals.expired, 0);
  EXPECT_NE(WarningsOf(fifth, company)
                .find("80 of 200 known jobs would leave a listing of 120 (usually 200) on one "
                      "witness: withheld"),
            std::string::npos);
  EXPECT_NE(WarningsOf(fifth, company).find("80 expiries are withheld"), std::string::npos);
  EXPECT_EQ(rig.Number("SELECT count(*) FROM jobs WHERE withheld_since IS NOT NULL AND status = "
                       "'ready'"),
            80);
  EXPECT_EQ(rig.Number("SELECT count(*) FROM job_events WHERE kind = 'withheld' AND detail LIKE "
                       "'%; withheld, as too many would leave with it on one witness%'"),
            80);
  for (int i = 0; i < 4; ++i) {
    rig.clock.Advance(hours(24));
    EXPECT_EQ(rig.Run({.ingestion = Ingestion::kMock}).totals.withheld, 80) << "their pages stand";
  }
  EXPECT_EQ(rig.Number("SELECT count(*) FROM readings WHERE withheld"), 5);
}

// The simulator's answers, but that no job has an address of its own.
class LyingFetcher : public Fetcher {
 public:
  explicit LyingFetcher(const SimSettings& settings)
      : sim_(Must(BoardSim::Start(settings))),
        inner_(Must(MakeHttpFetcher({.gateway = sim_->address(),
                                     .pacing = {.pause = std::chrono::milliseconds(0)},
                                     .allowed_hosts = {},
                                     .contact = {}}))) {}
  Result<Response> Fetch(const FetchRequest& request, std::stop_token stop) override {
    if (!request.url.contains("/jobs/")) return inner_->Fetch(request, stop);
    return Response{.status = 404, .body = "{}", .final_url = request.url};
  }
  bool IsFree(const std::string&) override { return true; }

  BoardSim& sim() { return *sim_; }

 private:
  std::unique_ptr<BoardSim> sim_;
  std::unique_ptr<Fetcher> inner_;
};

TEST_P(Evidence, TakesNoOwnAddressForAWitnessWhereThoseOfListedJobsAreGoneToo) {
  constexpr SimSettings kBoard{.companies = 1, .jobs = 107, .churn = 0};
  LyingFetcher fetcher(kBoard);
  Rig rig(database(), kBoard, &fetcher);
  const std::string company = rig.FirstOn("greenhouse");
  rig.FollowAll();
  rig.Run({.ingestion = Ingestion::kMock});
  Must(fetcher.sim().Keep(company, 7, UnlistedPages::kStand));

  const RunRecord first = rig.Run({.ingestion = Ingestion::kMock});
  rig.clock.Advance(hours(24));
  const RunRecord second = rig.Run({.ingestion = Ingestion::kMock});

  EXPECT_EQ(first.totals.missing, 100);
  EXPECT_NE(WarningsOf(first, company)
                .find("100 absent jobs are gone at their own addresses, which counts for nothing"),
            std::string::npos)
      << WarningsOf(first, company);
  EXPECT_EQ(second.totals.withheld, 100) << "on one witness, under the guard";
  EXPECT_EQ(second.totals.expired, 0);
  EXPECT_EQ(rig.Number("SELECT count(*) FROM readings WHERE control = 'failed' AND asked = 100 AND "
                       "stood = 0"),
            2);
}

TEST_P(Evidence, ReopensUnderTheSameIdWithTheSameFirstSight) {
  Rig rig(database(), {.companies = 2, .jobs = 20, .churn = 0});
  const std::string company = rig.FirstOn("workday");
  rig.Follow(company);
  rig.Run();
  const auto before = rig.Jobs(company);
  Must(rig.sim().Keep(company, 15, UnlistedPages::kGone));
  rig.clock.Advance(hours(24));
  EXPECT_EQ(rig.Run().totals.expired, 5);
  Must(rig.sim().Keep(company, std::nullopt, UnlistedPages::kGone));
  rig.clock.Advance(hours(24));

  const RunRecord run = rig.Run();

  EXPECT_EQ(run.totals.reopened, 5);
  const auto after = rig.Jobs(company);
  ASSERT_EQ(after.size(), before.size());
  for (std::size_t i = 0; i < after.size(); ++i) {
    EXPECT_EQ(after[i].id, before[i].id);
    EXPECT_EQ(after[i].first_seen_at, before[i].first_seen_at);
    EXPECT_EQ(after[i].expired_at, std::nullopt);
    EXPECT_EQ(after[i].run_id, run.id);
  }
  EXPECT_EQ(rig.Number("SELECT count(*) FROM job_events WHERE kind = 'reopened'"), 5);
}

ROLECALL_ON_BOTH_DATABASES(Evidence);

}  // namespace
}  // namespace rolecall
