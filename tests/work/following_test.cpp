// What a user's choices mean for jobs: companies removed and disabled, filters that move, runs
// repeated.
#include "tests/work/rig.h"

namespace rolecall {
namespace {

using std::chrono::hours;

class FollowingSuite : public BothDatabases {
 protected:
  // One line a row of what a user reads and what a board holds. PostgreSQL tells by itself whether
  // a row was written again, SQLite by triggers.
  std::vector<std::string> RowsOf(Rig& rig) {
    if (GetParam() == Dialect::kPostgres)
      return rig.Texts(
          "SELECT ctid || ' ' || xmin || ' ' || t FROM (SELECT ctid, xmin::text AS xmin, "
          "board_jobs::text AS t FROM board_jobs UNION ALL SELECT ctid, xmin::text, "
          "user_jobs::text FROM user_jobs) AS every_row ORDER BY t");
    return rig.Texts("SELECT what FROM writes ORDER BY what");
  }
  void WatchRows(Rig& rig) {
    if (GetParam() == Dialect::kPostgres) return;
    rig.Write([](Transaction& tx) {
      return tx->RunScript(
          "CREATE TABLE writes (what text);"
          "CREATE TRIGGER w1 AFTER UPDATE ON board_jobs BEGIN INSERT INTO writes VALUES ('u'); END;"
          "CREATE TRIGGER w2 AFTER INSERT ON board_jobs BEGIN INSERT INTO writes VALUES ('i'); END;"
          "CREATE TRIGGER w3 AFTER UPDATE ON user_jobs BEGIN INSERT INTO writes VALUES ('u'); END;"
          "CREATE TRIGGER w4 AFTER INSERT ON user_jobs BEGIN INSERT INTO writes VALUES ('i'); "
          "END;");
    });
  }
  static void Unfollow(Rig& rig, const std::string& company) {
    rig.Write([&](Transaction& tx) { return rolecall::Unfollow(tx, rig.user, company); });
  }
  static void Enable(Rig& rig, const std::string& company, bool enabled) {
    rig.Write([&](Transaction& tx) {
      return enabled ? EnableCompany(tx, {rig.user, company}, rig.clock.Now())
                     : DisableCompany(tx, {rig.user, company}, rig.clock.Now());
    });
  }
};

TEST_P(FollowingSuite, ExpiresTheJobsOfARemovedCompany) {
  Rig rig(database(), {.companies = 2, .jobs = 25});
  rig.FollowAll();
  const std::string removed = rig.FirstOn("greenhouse"), kept = rig.FirstOn("workday");
  const RunRecord first = rig.Run();
  Unfollow(rig, removed);

  const RunRecord run = rig.Run();

  EXPECT_EQ(Of(run, removed).stage, Stage::kRemoved);
  EXPECT_EQ(Of(run, removed).counts.expired, 25);
  EXPECT_EQ(run.totals.expired, 25);
  EXPECT_EQ(rig.Jobs(removed).size(), 0);
  EXPECT_EQ(rig.Number("SELECT count(*) FROM jobs WHERE company = :company AND expired_reason = "
                       "'company_removed' AND run_id = :run",
                       {{"company", removed}, {"run", first.id}}),
            25);
  EXPECT_EQ(rig.Jobs(kept).size(), 25);
  EXPECT_EQ(rig.Number("SELECT count(*) FROM board_jobs WHERE expired_at IS NOT NULL"), 0);
  EXPECT_EQ(rig.Run().totals.expired, 0);
}

TEST_P(FollowingSuite, ReopensTheJobsOfACompanyFollowedAgain) {
  Rig rig(database(), {.companies = 1, .jobs = 25});
  rig.FollowAll();
  const std::string company = rig.FirstOn("greenhouse");
  rig.Run();
  const auto before = IdsOf(rig.Jobs(company));
  Unfollow(rig, company);
  rig.Follow(company);
  EXPECT_EQ(rig.Run().totals.unchanged, 25) << "nothing left in between";
  Unfollow(rig, company);
  const RunRecord without = Must([&]() -> Result<RunRecord> {
    rig.Write([&](Transaction& tx) -> Result<void> {
      CHECK_OK(ExpireDeparted(tx, {rig.user, 0}, rig.clock.Now()));
      return {};
    });
    rig.Follow(company);
    return rig.Run();
  }());

  EXPECT_EQ(without.totals.reopened, 25);
  EXPECT_EQ(IdsOf(rig.Jobs(company)), before);
}

TEST_P(FollowingSuite, LeavesWhatLeftElsewhereToARunOfAll) {
  Rig rig(database(), {.companies = 2, .jobs = 25});
  rig.FollowAll();
  const std::string removed = rig.FirstOn("greenhouse"), kept = rig.FirstOn("workday");
  rig.Run();
  Unfollow(rig, removed);

  EXPECT_EQ(rig.Run({.companies = {kept}}).totals.expired, 0);
  EXPECT_EQ(rig.Jobs(removed).size(), 25);
  EXPECT_EQ(rig.Run().totals.expired, 25);
}

TEST_P(FollowingSuite, KeepsTheJobsOfABoardThatGetsAnotherName) {
  Rig rig(database(), {.companies = 2, .jobs = 25});
  rig.FollowAll();
  const std::string before = rig.FirstOn("greenhouse"), now = "renamed";
  rig.Run();
  Unfollow(rig, before);
  rig.Write([&](Transaction& tx) -> Result<void> {
    for (const BoardSim::Company& one : rig.companies())
      if (one.name == before) {
        TRY(const auto board, FindOrAddBoard(tx, one.board, one.token));
        CHECK_OK(Follow(tx, {rig.user, now}, board, rig.clock.Now()));
      }
    return {};
  });

  const RunRecord first = rig.Run({.companies = {now}});
  EXPECT_EQ(first.totals.unchanged, 25) << "as a preview says";
  EXPECT_EQ(first.totals.expired, 0);
  EXPECT_EQ(rig.Jobs(now).size(), 25);
  rig.Run();
  rig.Run();

  EXPECT_EQ(rig.Jobs(now).size(), 25) << "the board lists them all";
  EXPECT_EQ(rig.Jobs(before).size(), 0);
}

TEST_P(FollowingSuite, LeavesACompanyAsItWasThatIsAddedAgain) {
  Rig rig(database(), {.companies = 1, .jobs = 25});
  rig.FollowAll();
  rig.Run();

  rig.FollowAll();

  EXPECT_EQ(rig.Run().totals.unchanged, 25);
  EXPECT_EQ(rig.Number("SELECT count(*) FROM user_jobs WHERE wrote_run_id > 1"), 0);
}

TEST_P(FollowingSuite, IsDueForWhoeverHasOnlyLeft) {
  Rig rig(database(), {.companies = 1, .jobs = 25});
  rig.FollowAll();
  rig.Run();
  Unfollow(rig, rig.FirstOn("greenhouse"));

  EXPECT_EQ(
      Must(LoadDueUsers(*Must(rig.database.Reader()), rig.clock.Now() + std::chrono::hours(1))),
      std::vector<std::int64_t>{rig.user});
}

TEST_P(FollowingSuite, ExpiresWhatAFilterExcludesAndReopensItUnderTheSameIds) {
  Rig rig(database(), {.companies = 2, .jobs = 60, .churn = 0});
  rig.FollowAll();
  for (const std::string board : {"greenhouse", "workday"}) {
    const std::string company = rig.FirstOn(board);
    const RunOptions only{.ingestion = Ingestion::kMock, .companies = {company}};
    rig.Run(only);
    const auto all = rig.Jobs(company);
    rig.Filter(company, {.include = {"engineer*"}, .exclude = {}});
    rig.clock.Advance(hours(1));

    const RunRecord narrow = rig.Run(only);

    const CompanyCounts& counts = Of(narrow, company).counts;
    ASSERT_GT(counts.included, 0);
    ASSERT_GT(counts.expired, 0);
    EXPECT_EQ(counts.expired, counts.excluded) << "named once, counted as excluded too";
    EXPECT_EQ(counts.listed, 60);
    EXPECT_EQ(rig.Jobs(company).size(), counts.included);
    EXPECT_EQ(rig.Number("SELECT count(*) FROM jobs WHERE expired_reason = 'filtered' AND "
                         "company = :company",
                         {{"company", company}}),
              counts.expired);
    EXPECT_EQ(Of(rig.Run(only), company).counts.expired, 0);

    rig.Filter(company, {});
    const RunRecord wide = rig.Run(only);

    EXPECT_EQ(Of(wide, company).counts.reopened, counts.expired);
    const auto again = rig.Jobs(company);
    EXPECT_EQ(IdsOf(again), IdsOf(all));
    for (const JobRow& job : again) EXPECT_EQ(job.run_id, wide.id);
  }
}

TEST_P(FollowingSuite, LeavesADisabledCompanyAlone) {
  Rig rig(database(), {.companies = 2, .jobs = 25, .churn = 0.4});
  rig.FollowAll();
  const std::string disabled = rig.FirstOn("greenhouse");
  const RunRecord first = rig.Run();
  Enable(rig, disabled, false);
  rig.sim().Next();
  rig.clock.Advance(hours(24 * 40));

  const RunRecord run = rig.Run();

  EXPECT_EQ(run.companies.size(), 1);
  const auto jobs = rig.Jobs(disabled);
  EXPECT_EQ(jobs.size(), 25);
  for (const JobRow& job : jobs) EXPECT_EQ(job.run_id, first.id);
  EXPECT_EQ(rig.sim().CountRequests(disabled).list, 1);
}

TEST_P(FollowingSuite, WritesNoRowOfJobsThatDidNotChange) {
  Rig rig(database(), {.companies = 2, .jobs = 60, .churn = 0});
  rig.FollowAll();
  rig.Run();
  WatchRows(rig);
  const auto before = RowsOf(rig);
  const std::int64_t events = rig.Number("SELECT count(*) FROM job_events");
  const std::int64_t readings = rig.Number("SELECT count(*) FROM readings");
  rig.clock.Advance(hours(24));

  const RunRecord second = rig.Run();

  EXPECT_EQ(RowsOf(rig), before);
  EXPECT_EQ(rig.Number("SELECT count(*) FROM job_events"), events);
  EXPECT_EQ(rig.Number("SELECT count(*) FROM readings"), readings + 2);
  EXPECT_EQ(rig.Number("SELECT count(*) FROM readings WHERE completeness = 'confirmed'"), 2);
  EXPECT_EQ(second.totals.unchanged, 120);
  EXPECT_EQ(second.totals.skipped, 120);
  EXPECT_EQ(rig.Number("SELECT count(*) FROM jobs WHERE run_id = :run", {{"run", second.id}}), 120);
  EXPECT_EQ(
      rig.Number("SELECT count(*) FROM jobs WHERE last_seen_at = :now", {{"now", rig.clock.Now()}}),
      120);
}

TEST_P(FollowingSuite, WritesNoRowOfUnchangedJobsWhenTheBoardIsPlannedInFull) {
  Rig rig(database(), {.companies = 2, .jobs = 60, .churn = 0});
  rig.FollowAll();
  rig.Run();
  WatchRows(rig);
  const auto before = RowsOf(rig);
  rig.Write([](Transaction& tx) -> Result<void> {
    CHECK_OK(tx->Run("UPDATE boards SET definition_version = definition_version - 1"));
    return {};
  });

  const RunRecord second = rig.Run();

  EXPECT_EQ(RowsOf(rig), before);
  EXPECT_EQ(rig.Number("SELECT count(*) FROM readings WHERE completeness = 'complete'"), 4);
  EXPECT_EQ(second.totals.skipped, 120);
  EXPECT_EQ(rig.Number("SELECT count(*) FROM jobs WHERE run_id = :run", {{"run", second.id}}), 120);
}

TEST_P(FollowingSuite, UndoesWhatAPartialListingShowedThoughTheBoardIsAsBefore) {
  Rig rig(database(), {.companies = 1, .jobs = 20, .churn = 0});
  const std::string company = rig.FirstOn("greenhouse");
  rig.FollowAll();
  Must(rig.sim().Keep(company, 10, UnlistedPages::kGone));
  rig.Run();
  Must(rig.sim().Keep(company, std::nullopt, UnlistedPages::kGone));
  rig.settings.limits.max_jobs = 15;
  const RunRecord partial = rig.Run();
  EXPECT_EQ(Of(partial, company).stage, Stage::kNotReconciled);
  EXPECT_EQ(rig.Jobs(company).size(), 15);
  Must(rig.sim().Keep(company, 10, UnlistedPages::kGone));

  const RunRecord run = rig.Run();

  EXPECT_EQ(run.totals.expired, 5);
  EXPECT_EQ(rig.Jobs(company).size(), 10);
}

TEST_P(FollowingSuite, UndoesWhatAFilterLetInDuringAPartialRun) {
  Rig rig(database(), {.companies = 1, .jobs = 20, .churn = 0});
  const std::string company = rig.FirstOn("greenhouse");
  rig.FollowAll();
  const TitleTerms nothing{.include = {"nobody has this title"}, .exclude = {}};
  rig.Filter(company, nothing);
  rig.Run();
  rig.Filter(company, {});
  Must(rig.sim().SetFault(company, "wraps"));
  EXPECT_EQ(rig.Run().totals.new_jobs, 20);
  Must(rig.sim().SetFault(company, "none"));
  rig.Filter(company, nothing);

  const RunRecord run = rig.Run();

  EXPECT_EQ(run.totals.expired, 20);
  EXPECT_EQ(rig.Jobs(company).size(), 0);
}

ROLECALL_ON_BOTH_DATABASES(FollowingSuite);

}  // namespace
}  // namespace rolecall
