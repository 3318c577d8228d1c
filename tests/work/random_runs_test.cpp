// What is true of every run of every history: boards that churn and fail, filters that move,
// companies that come and go, runs that are aborted.
#include <algorithm>
#include <map>
#include <random>
#include <stop_token>

#include "tests/work/rig.h"
#include "work/run_lanes.h"

namespace rolecall {
namespace {

constexpr int kHistoriesOnSqlite = 12;
constexpr int kHistoriesOnPostgres = 4;  // each makes a database of its own
constexpr int kRuns = 7;

class RandomRuns : public BothDatabases {};

class RunHistory {
 public:
  RunHistory(Database& database, std::uint32_t seed)
      : random_(seed),
        rig_(database, {.companies = 4, .jobs = 6 + Below(30), .seed = seed, .churn = 0.2}) {
    rig_.FollowAll();
    rig_.settings.lanes = 1 + Below(4);
  }

  void Next() {
    rig_.clock.Advance(std::chrono::hours(Below(3) == 0 ? 60 + Below(400) : Below(30)));
    if (Below(3) > 0) rig_.sim().Next();
    for (const BoardSim::Company& one : rig_.companies()) Disturb(one.name);
    const RunRecord run = RunAndCheck();
    const bool settled = run.status == RunStatus::kFinished &&
                         run.totals.missing + run.totals.withheld == 0 && run.warnings.empty();
    if (settled) RunAgainAndCheckThatNothingChanges(run);
  }

 private:
  int Below(int end) { return static_cast<int>(random_() % static_cast<std::uint32_t>(end)); }

  void Disturb(const std::string& company) {
    static constexpr std::array kFaults{"http_500",   "html",     "empty_list", "empty_object",
                                        "half",       "wraps",    "duplicates", "bad_bytes",
                                        "bare_entry", "one_short"};
    Must(rig_.sim().SetFault(company, Below(4) == 0
                                          ? kFaults[static_cast<std::size_t>(Below(kFaults.size()))]
                                          : "none"));
    Must(rig_.sim().Keep(company, Below(5) == 0 ? std::optional(Below(10)) : std::nullopt,
                         Below(2) == 0 ? UnlistedPages::kStand : UnlistedPages::kGone));
    const bool followed =
        rig_.Number("SELECT count(*) FROM user_company_settings WHERE company_name = :company",
                    {{"company", company}}) > 0;
    if (!followed && Below(2) == 0) rig_.Follow(company);
    if (!followed) return;
    static const std::array<TitleTerms, 4> kTerms{
        TitleTerms{},
        {.include = {"engineer*"}, .exclude = {}},
        {.include = {}, .exclude = {"senior", "/intern$/"}},
        {.include = {"no such title"}, .exclude = {}}};
    if (Below(4) == 0) rig_.Filter(company, kTerms[static_cast<std::size_t>(Below(4))]);
    static const std::array<PlaceTerms, 3> kPlaces{
        PlaceTerms{},
        {.include = {"berlin", "zurich"}, .exclude = {}, .remote = true},
        {.include = {}, .exclude = {"berlin"}}};
    if (Below(6) == 0) rig_.FilterPlaces(company, kPlaces[static_cast<std::size_t>(Below(3))]);
    if (Below(12) == 0)
      rig_.Write([&](Transaction& tx) { return Unfollow(tx, rig_.user, company); });
  }

  // Rows of the user that have not left, by company.
  std::map<std::string, std::int64_t> Active() {
    std::map<std::string, std::int64_t> active;
    Must(Must(rig_.database.Reader())
             ->Each("SELECT company, count(*) FROM user_jobs WHERE expired_at IS NULL GROUP BY "
                    "company",
                    {}, [&](const Row& row) { active[row.String(0)] = row.Int(1); }));
    return active;
  }

  RunRecord RunAndCheck() {
    if (rig_.Number("SELECT count(*) FROM user_company_settings") == 0) rig_.FollowAll();
    const auto before = Active();
    RunOptions options{.ingestion = Below(3) == 0 ? Ingestion::kMock : Ingestion::kCrawl,
                       .companies = {}};
    std::stop_source stop;
    std::atomic<int> until_abort = Below(4) == 0 ? Below(8) : 1'000'000;
    options.stop = stop.get_token();
    options.progress = [&] {
      if (--until_abort == 0) stop.request_stop();
    };
    const std::int64_t id = rig_.Start(options);
    if (Below(3) == 0) WorkAndLeave(id, 1 + Below(8));
    EXPECT_TRUE(rig_.Work(id, options));
    RunRecord run = rig_.Load(id);
    ExpectTrueRun(rig_, run);
    const auto after = Active();
    for (const CompanyOfRun& one : run.companies) CheckCompany(run, one, before, after);
    CheckEvidence();
    seen_ += {.aborted = run.status == RunStatus::kAborted ? 1 : 0,
              .expired = run.totals.expired,
              .reopened = run.totals.reopened,
              .failed = static_cast<int>(
                  std::ranges::count(run.companies, Stage::kError, &CompanyOfRun::stage))};
    return run;
  }

  // A worker that is told to stop after so many commits, and hands back what it has.
  void WorkAndLeave(std::int64_t id, int commits) {
    std::stop_source stop;
    std::atomic<int> left = commits;
    const WorkTools tools = rig_.Tools([&] {
      if (--left == 0) stop.request_stop();
    });
    RunLog log(
        rig_.database, rig_.clock.AsClock(), id, [](const RunLine&) {}, [](std::string_view) {});
    RunLanes lanes(tools, {.run_id = id, .log_of = [&](std::int64_t) {
                             return std::shared_ptr<RunLog>(&log, [](RunLog*) {});
                           }});
    EXPECT_TRUE(lanes.Work(stop.get_token()));
    seen_.left += IsFinal(rig_.Load(id).status) ? 0 : 1;
  }

  void CheckCompany(const RunRecord& run, const CompanyOfRun& one,
                    const std::map<std::string, std::int64_t>& before,
                    const std::map<std::string, std::int64_t>& after) {
    const auto of = [&](const std::map<std::string, std::int64_t>& active) {
      const auto found = active.find(one.company);
      return found == active.end() ? 0 : found->second;
    };
    const CompanyCounts& c = one.counts;
    const std::string where =
        fmt::format("run {} ({}), {} ({})", run.id, Name(run.status), one.company, Name(one.stage));
    EXPECT_EQ(c.active_before, of(before)) << where;
    EXPECT_EQ(of(after), c.included + c.missing + c.withheld + c.not_reconciled) << where;
    if (one.stage != Stage::kDone || c.not_reconciled > 0) return;
    EXPECT_EQ(rig_.Number("SELECT count(*) FROM jobs WHERE company = :company AND run_id = :run "
                          "AND status <> 'expired' AND missing_since IS NULL",
                          {{"company", one.company}, {"run", run.id}}),
              c.included)
        << where;
  }

  void CheckEvidence() {
    EXPECT_EQ(rig_.Number("SELECT count(*) FROM job_events e JOIN readings r ON r.id = "
                          "e.reading_id WHERE e.kind IN ('expired', 'missing', 'withheld') AND "
                          "r.completeness <> 'complete' AND r.but_for IS NULL"),
              0)
        << "something went by a reading that did not see all pages";
    EXPECT_EQ(rig_.Number("SELECT count(*) FROM board_jobs j WHERE j.expired_at IS NOT NULL AND "
                          "NOT EXISTS (SELECT 1 FROM job_events e WHERE e.job_id = j.id AND e.kind "
                          "= 'expired')"),
              0)
        << "something went without evidence";
    EXPECT_EQ(rig_.Number("SELECT count(*) FROM job_events WHERE kind = 'expired' AND detail LIKE "
                          "'gone:%' AND detail NOT LIKE '%gone at its own address%'"),
              0)
        << "something went on one witness";
  }

  std::vector<std::string> Rows() {
    return rig_.Texts(
        "SELECT j.external_id || '|' || j.title || '|' || j.location || '|' || j.changed_reading "
        "|| '|' || coalesce(j.missing_reading, 0) || '|' || coalesce(j.expired_reason, '') || '|' "
        "|| coalesce(u.wrote_run_id, 0) || '|' || coalesce(u.left_run_id, 0) || '|' || "
        "coalesce(u.expired_reason, '') || '|' || c.state || '|' || coalesce(c.digest, '') "
        "FROM board_jobs j JOIN job_contents c ON c.job_id = j.id LEFT JOIN user_jobs u ON "
        "u.job_id = j.id ORDER BY j.id");
  }

  // Where places are filtered by, what a run's own answers state of them takes jobs with the next.
  RunRecord JudgePlaces(const RunRecord& run) {
    const bool places = rig_.Number(R"(
        SELECT count(*)
        FROM user_company_settings
        WHERE is_enabled AND place_filters IS NOT NULL)") > 0;
    if (!places || run.totals.ready == 0) return run;
    const std::int64_t gone = Gone();
    const RunRecord judged = rig_.Run({.ingestion = run.ingestion});
    EXPECT_EQ(Gone(), gone) << "more went than a filter takes";
    return judged;
  }
  std::int64_t Gone() {
    return rig_.Number(
        "SELECT count(*) FROM user_jobs WHERE expired_reason IS NOT NULL AND expired_reason <> "
        "'filtered'");
  }

  void RunAgainAndCheckThatNothingChanges(const RunRecord& last) {
    const RunRecord first = JudgePlaces(last);
    const auto rows = Rows();
    const std::int64_t events = rig_.Number("SELECT count(*) FROM job_events");

    const RunRecord again = rig_.Run({.ingestion = first.ingestion});

    EXPECT_EQ(Rows(), rows);
    EXPECT_EQ(rig_.Number("SELECT count(*) FROM job_events"), events);
    const CompanyCounts& c = again.totals;
    EXPECT_EQ(c.included, first.totals.included);
    EXPECT_EQ(c.unchanged, c.included);
    EXPECT_EQ(c.expired + c.missing + c.withheld, 0);
    ++seen_.repeated;
  }

 public:
  // What the histories held, so that none is checked for nothing.
  struct Seen {
    int repeated = 0, aborted = 0, expired = 0, reopened = 0, failed = 0, left = 0;
    Seen& operator+=(const Seen& other) {
      repeated += other.repeated;
      aborted += other.aborted;
      expired += other.expired;
      reopened += other.reopened;
      failed += other.failed;
      left += other.left;
      return *this;
    }
  };
  const Seen& seen() const { return seen_; }

 private:
  std::mt19937 random_;
  Rig rig_;
  Seen seen_;
};

TEST_P(RandomRuns, AddUpAndKeepToTheEvidence) {
  const std::uint32_t histories =
      GetParam() == Dialect::kSqlite ? kHistoriesOnSqlite : kHistoriesOnPostgres;
  RunHistory::Seen seen;
  for (std::uint32_t seed = 1; seed <= histories; ++seed) {
    SCOPED_TRACE(fmt::format("history {}", seed));
    TestDatabase own(GetParam());
    RunHistory history(own.database(), seed);
    for (int i = 0; i < kRuns; ++i) history.Next();
    seen += history.seen();
    if (HasFailure()) break;
  }
  EXPECT_GT(seen.repeated, 0);
  EXPECT_GT(seen.aborted, 0);
  EXPECT_GT(seen.expired, 0);
  EXPECT_GT(seen.reopened, 0);
  EXPECT_GT(seen.failed, 0);
  EXPECT_GT(seen.left, 0);
}

ROLECALL_ON_BOTH_DATABASES(RandomRuns);

}  // namespace
}  // namespace rolecall
