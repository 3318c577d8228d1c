// A run that is killed, again and again, ends as one that nothing disturbed.
#include <csignal>
#include <random>

#include "run/start_run.h"
#include "store/run_lines.h"
#include "store/runs.h"
#include "tests/support/program.h"

namespace rolecall {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

constexpr std::int64_t kUser = 1;
constexpr int kCompanies = 200;
constexpr int kMoments = 30;
constexpr int kFewestInside = 25;

// All that a run leaves, as text: jobs with their evidence and contents, then the run's numbers.
std::vector<std::string> Left(Database& database, std::int64_t run_id) {
  auto db = database.Reader();
  EXPECT_TRUE(db);
  auto left = QueryAll(
      **db,
      "SELECT v.company, v.external_id, v.status, v.expired_reason, j.digest, v.description, "
      "v.requirements, j.title, j.missing_reading IS NOT NULL, j.withheld_at IS NOT NULL "
      "FROM jobs v JOIN board_jobs j ON j.id = v.id WHERE v.user_id = :user "
      "ORDER BY v.company, v.external_id",
      {{"user", kUser}}, [](const Row& row) {
        return fmt::format("{} {} {} {} {} {} {} {} {}{}", row.Text(0), row.Text(1), row.Text(2),
                           row.Text(3), row.Text(4), row.Text(5), row.Text(6), row.Text(7),
                           row.Bool(8) ? "missing" : "", row.Bool(9) ? "withheld" : "");
      });
  EXPECT_TRUE(left);
  const auto run = LoadRun(**db, kUser, run_id);
  EXPECT_TRUE(run);
  const auto told = [](const std::string& name, const CompanyCounts& c) {
    return fmt::format("{}: {} {} {} | {} {} {} {} | {} {} {} | {} {} | {} {} {}", name, c.listed,
                       c.included, c.excluded, c.new_jobs, c.changed, c.unchanged, c.reopened,
                       c.missing, c.expired, c.withheld, c.active_before, c.not_reconciled, c.ready,
                       c.skipped, c.failed);
  };
  for (const CompanyOfRun& one : run->companies)
    left->push_back(told(one.company, one.counts) + " " + std::string(Name(one.stage)) + " " +
                    one.error_message);
  left->push_back(told("all", run->totals) + " " + std::string(Name(run->status)));
  std::vector<std::string> warnings;
  for (const RunWarning& one : run->warnings) warnings.push_back(one.company + ": " + one.message);
  std::ranges::sort(warnings);
  left->insert(left->end(), warnings.begin(), warnings.end());
  return *left;
}

void ExpectTheSame(const std::vector<std::string>& found, const std::vector<std::string>& wanted) {
  ASSERT_EQ(found.size(), wanted.size());
  for (std::size_t i = 0; i < found.size(); ++i) ASSERT_EQ(found[i], wanted[i]);
}

std::int64_t NumberOf(Database& database, Sql sql, const Binds& binds = {}) {
  auto db = database.Reader();
  EXPECT_TRUE(db);
  const auto number = QueryOne(**db, sql, binds, [](const Row& row) { return row.Int(0); });
  EXPECT_TRUE(number) << number.error().message;
  return number && *number ? **number : -1;
}

// Of the log, of readings, and of what a run leaves behind.
void ExpectWhole(Database& database, std::int64_t run_id) {
  const Binds run{{"run", run_id}};
  EXPECT_EQ(
      NumberOf(database, "SELECT count(*) - max(seq) FROM run_lines WHERE run_id = :run", run), 0)
      << "the log has a gap";
  EXPECT_EQ(NumberOf(database,
                     "SELECT count(*) FROM run_lines WHERE run_id = :run AND message LIKE 'RUN "
                     "finished%'",
                     run),
            1);
  EXPECT_EQ(NumberOf(database,
                     "SELECT count(*) FROM (SELECT board_id FROM readings WHERE run_id = :run AND "
                     "completeness IN ('complete', 'confirmed') GROUP BY board_id HAVING count(*) "
                     "> 1) AS twice",
                     run),
            0)
      << "a complete reading was made twice";
  EXPECT_EQ(NumberOf(database,
                     "SELECT count(*) FROM readings a JOIN readings b ON a.board_id = b.board_id "
                     "AND a.id < b.id AND a.started_at < b.finished_at AND b.started_at < "
                     "a.finished_at"),
            0)
      << "a board was read by two at once";
  EXPECT_EQ(NumberOf(database, "SELECT count(*) FROM run_contents"), 0);
  EXPECT_EQ(NumberOf(database, "SELECT count(*) FROM run_companies WHERE worker IS NOT NULL"), 0);
  EXPECT_EQ(
      NumberOf(database,
               "SELECT count(*) FROM (SELECT user_id, job_id FROM user_jobs GROUP BY user_id, "
               "job_id HAVING count(*) > 1) AS twice"),
      0);
}

class Survival : public Rolecall {
 protected:
  // Two rounds with churn and faults behind it, the third about to be read.
  void Prepare(milliseconds delay) {
    SimSettings settings{
        .companies = kCompanies, .jobs = 3, .seed = 23, .churn = 0.3, .delay = delay};
    Simulate(settings);
    // Whatever else this machine does: a request that is late would be another history.
    environment()["ROLECALL_FETCH_DEADLINE"] = "60s";
    FollowAllIn(database(), kUser);
    for (int round = 1; round <= 2; ++round) {
      SetFaults(round);
      UseDatabase(test_database());
      ASSERT_EQ(Do({"run"}).code, round == 1 ? 2 : 2);
      sim().Next();
    }
    SetFaults(3);
  }

  void SetFaults(int round) {
    static constexpr std::array kFaults{"http_500", "html",       "empty_list", "half",
                                        "wraps",    "duplicates", "bad_bytes",  "page_3_fails"};
    const auto companies = sim().Companies();
    for (std::size_t i = 0; i < companies.size(); ++i) {
      const bool faulty = (i + static_cast<std::size_t>(round)) % 9 == 0;
      ASSERT_TRUE(
          sim().SetFault(companies[i].name, faulty ? kFaults[(i / 9) % kFaults.size()] : "none"));
      const bool keeps = (i + static_cast<std::size_t>(round)) % 7 == 0;
      ASSERT_TRUE(sim().Keep(companies[i].name, keeps ? std::optional(2) : std::nullopt,
                             i % 2 == 0 ? UnlistedPages::kStand : UnlistedPages::kGone));
    }
  }

  void UseDatabase(TestDatabase& one) { environment()["DATABASE_URL"] = one.url(); }
};

class Killed : public Survival {};

TEST_P(Killed, AtThirtyMomentsARunEndsAsIfUndisturbed) {
  Prepare(milliseconds(1));
  milliseconds lasts = milliseconds::max();
  std::vector<std::string> wanted;
  for (int undisturbed = 1; undisturbed <= 2; ++undisturbed) {
    TestDatabase copy(test_database());
    UseDatabase(copy);
    const auto run = Start({"run"});
    ASSERT_TRUE(run->SaysOnStderr("RUN initializing"));
    const auto began = Clock::now();
    ASSERT_TRUE(run->SaysOnStderr("RUN finished"));
    lasts = std::min(lasts, std::chrono::duration_cast<milliseconds>(Clock::now() - began));
    ASSERT_EQ(run->Wait().code, 2);
    const auto left = Left(copy.database(), 3);
    if (undisturbed == 2) ExpectTheSame(left, wanted);
    wanted = left;
    ExpectWhole(copy.database(), 3);
  }
  int inside = 0;
  for (int moment = 0; moment < kMoments; ++moment) {
    SCOPED_TRACE(fmt::format("killed {} of {} ms after it began",
                             lasts.count() * (2 * moment + 1) / (2 * kMoments), lasts.count()));
    TestDatabase copy(test_database());
    UseDatabase(copy);
    const auto run = Start({"run"});
    ASSERT_TRUE(run->SaysOnStderr("RUN initializing"));
    run->ReadFor(lasts * (2 * moment + 1) / (2 * kMoments));
    run->Signal(SIGKILL);
    run->Wait();
    const bool was_inside =
        NumberOf(copy.database(),
                 "SELECT count(*) FROM ingestion_runs WHERE finished_at IS NULL") == 1;
    if (was_inside) {
      ++inside;
      const Finished again = Do({"run"});
      EXPECT_EQ(again.code, 2) << again.err;
      EXPECT_NE(again.err.find("run 3 was left by its worker"), std::string::npos) << again.err;
    }
    ExpectTheSame(Left(copy.database(), 3), wanted);
    ExpectWhole(copy.database(), 3);
    EXPECT_EQ(NumberOf(copy.database(), "SELECT count(*) FROM ingestion_runs"), 3);
    if (HasFatalFailure() || HasNonfatalFailure()) return;
  }
  RecordProperty("inside", inside);
  RecordProperty("lasts_ms", static_cast<int>(lasts.count()));
  fmt::print("{} of {} kills landed inside a run of {} ms\n", inside, kMoments, lasts.count());
  EXPECT_GE(inside, kFewestInside);
}

ROLECALL_ON_BOTH_DATABASES(Killed);

class Workers : public Survival {
 protected:
  void SetUp() override {
    Survival::SetUp();
    if (IsSkipped()) return;
    // Another user, who follows the same boards.
    auto tx = database().Write();
    ASSERT_TRUE(tx);
    ASSERT_TRUE(
        (*tx)->Run("INSERT INTO users (user_id, email, name, created_at) VALUES (2, 'b@x', "
                   "'b', :now)",
                   {{"now", kTestNow}}));
    ASSERT_TRUE(tx->Commit());
  }

  std::int64_t StartFor(std::int64_t user_id) {
    const auto run =
        StartRun(database(), {.user_id = user_id, .trigger = "api", .companies = {}}, SystemNow());
    EXPECT_TRUE(run) << run.error().message;
    return run ? *run : 0;
  }

  int ActiveRuns() {
    return static_cast<int>(
        NumberOf(database(), "SELECT count(*) FROM ingestion_runs WHERE finished_at IS NULL"));
  }

  // What a run of one process leaves, of a copy of the database.
  std::vector<std::string> Undisturbed() {
    TestDatabase copy(test_database());
    UseDatabase(copy);
    EXPECT_EQ(Do({"run"}).code, 2);
    UseDatabase(test_database());
    return Left(copy.database(), 3);
  }
};

TEST_P(Workers, OfWhomOneDiesEachSecondFinishAsIfUndisturbed) {
  Prepare(milliseconds(15));
  const auto wanted = Undisturbed();
  FollowAllIn(database(), 2);
  std::vector<std::unique_ptr<Child>> workers;
  for (int i = 0; i < 4; ++i) workers.push_back(Start({"work", "--lanes", "2"}));
  for (const auto& one : workers) ASSERT_TRUE(one->SaysOnStderr("lanes wait for runs"));

  const std::int64_t run = StartFor(kUser), other = StartFor(2);
  std::minstd_rand random(5);
  int killed = 0;
  const auto began = Clock::now();
  while (ActiveRuns() > 0 && Clock::now() - began < std::chrono::seconds(100)) {
    const auto next = random() % workers.size();
    workers[next]->ReadFor(milliseconds(1'000));
    if (ActiveRuns() == 0) break;
    workers[next]->Signal(SIGKILL);
    workers[next]->Wait();
    ++killed;
    workers[next] = Start({"work", "--lanes", "2"});
  }
  fmt::print("{} of four workers were killed in {:.1f} s\n", killed,
             std::chrono::duration<double>(Clock::now() - began).count());

  ASSERT_EQ(ActiveRuns(), 0);
  EXPECT_GE(killed, 2);
  ExpectTheSame(Left(database(), run), wanted);
  ExpectWhole(database(), run);
  const auto second = LoadRun(**database().Reader(), 2, other);
  ASSERT_TRUE(second);
  EXPECT_EQ(second->status, RunStatus::kFinished);
  for (const auto& one : workers) one->Signal(SIGTERM);
  for (const auto& one : workers) EXPECT_EQ(one->Wait().code, 0);
  EXPECT_EQ(NumberOf(database(), "SELECT count(*) FROM workers"), 0) << "each took its leave";
}

TEST_P(Workers, HandTheirLeasesBackAtOnceWhenToldToStop) {
  Simulate(6, 20);
  FollowAllIn(database(), kUser);
  for (const auto& one : sim().Companies()) ASSERT_TRUE(sim().SetFault(one.name, "timeout"));
  environment()["ROLECALL_FETCH_DEADLINE"] = "60s";
  const auto worker = Start({"work"});
  ASSERT_TRUE(worker->SaysOnStderr("lanes wait for runs"));
  const std::int64_t run = StartFor(kUser);
  while (NumberOf(database(), "SELECT count(*) FROM run_companies WHERE worker IS NOT NULL") == 0)
    worker->ReadFor(milliseconds(20));

  const auto told = Clock::now();
  worker->Signal(SIGTERM);
  const Finished ended = worker->Wait();

  EXPECT_EQ(ended.code, 0) << ended.err;
  EXPECT_LT(Clock::now() - told, std::chrono::seconds(20));
  EXPECT_EQ(NumberOf(database(), "SELECT count(*) FROM run_companies WHERE worker IS NOT NULL"), 0);
  EXPECT_EQ(NumberOf(database(), "SELECT count(*) FROM ingestion_runs WHERE finished_at IS NULL"),
            1)
      << "the run waits for the next worker";
  for (const auto& one : sim().Companies()) ASSERT_TRUE(sim().SetFault(one.name, "none"));
  const auto next = Start({"work"});
  while (ActiveRuns() > 0) ASSERT_TRUE(next->ReadFor(milliseconds(50)));
  const auto record = LoadRun(**database().Reader(), kUser, run);
  ASSERT_TRUE(record);
  EXPECT_EQ(record->status, RunStatus::kFinished);
  EXPECT_EQ(record->totals.included, 120);
}

TEST_P(Workers, AreToldOfAnAbortWithinTwoSeconds) {
  Simulate(6, 20);
  FollowAllIn(database(), kUser);
  for (const auto& one : sim().Companies()) ASSERT_TRUE(sim().SetFault(one.name, "timeout"));
  environment()["ROLECALL_FETCH_DEADLINE"] = "60s";
  const auto worker = Start({"work"});
  ASSERT_TRUE(worker->SaysOnStderr("lanes wait for runs"));
  const std::int64_t run = StartFor(kUser);
  while (NumberOf(database(), "SELECT count(*) FROM run_companies WHERE worker IS NOT NULL") == 0)
    worker->ReadFor(milliseconds(20));

  EXPECT_EQ(Do({"abort", fmt::to_string(run)}).code, 0);

  const auto record = LoadRun(**database().Reader(), kUser, run);
  ASSERT_TRUE(record);
  EXPECT_EQ(record->status, RunStatus::kAborted);
  EXPECT_TRUE(record->finished_at);
  // The lanes are free for the next run, although no vendor answered.
  for (const auto& one : sim().Companies()) ASSERT_TRUE(sim().SetFault(one.name, "none"));
  StartFor(kUser);
  while (ActiveRuns() > 0) ASSERT_TRUE(worker->ReadFor(milliseconds(50)));
}

ROLECALL_ON_BOTH_DATABASES(Workers);

// PostgreSQL in a cluster of its own, which the test may stop.
class Restarted : public Survival {
 protected:
  void SetUp() override {
    if (TestDatabase::LeftOut(GetParam())) GTEST_SKIP() << "PostgreSQL is left out";
    shared_ = std::getenv(kCluster);
    cluster_ = std::make_unique<Child>(
        std::vector<std::string>{
            std::string(ROLECALL_SOURCE_DIR) + "/tools/with_postgres", "/bin/sh", "-c",
            fmt::format("echo \"url=${{{}}}=\" >&2; exec sleep 600", kCluster)},
        ProgramEnvironment{{"PATH", "/usr/bin:/bin:/usr/sbin:/sbin"}});
    ASSERT_TRUE(cluster_->SaysOnStderr("=\n"));
    const std::string& said = cluster_->said();
    url_ = said.substr(4, said.size() - 6);
    setenv(kCluster, url_.c_str(), 1);
    Survival::SetUp();
  }
  void TearDown() override {
    if (!cluster_) return;
    Forget();
    setenv(kCluster, shared_.c_str(), 1);
    cluster_->Signal(SIGTERM);
    cluster_->Wait();
  }

  void Control(const std::string& action) {
    std::string folder = url_.substr(url_.find("host=") + 5);
    for (std::size_t at; (at = folder.find("%2F")) != std::string::npos;)
      folder.replace(at, 3, "/");
    Child child(
        {"/bin/bash", "-c",
         fmt::format("cd {0} && owner=$(stat -c %u data) && exec setpriv --reuid $owner "
                     "--regid $(stat -c %g data) --clear-groups "
                     "/usr/lib/postgresql/15/bin/pg_ctl -D {0}/data -l {0}/server.log -w {1}",
                     folder, action)},
        {{"PATH", "/usr/bin:/bin"}});
    const Finished done = child.Wait();
    ASSERT_EQ(done.code, 0) << done.out << done.err;
  }

 private:
  static constexpr const char* kCluster = "ROLECALL_TEST_POSTGRES";
  std::string shared_, url_;
  std::unique_ptr<Child> cluster_;
};

TEST_P(Restarted, MidwayPostgresIsWaitedForAndTheRunFinishes) {
  Prepare(milliseconds(5));
  std::vector<std::string> wanted;
  {
    TestDatabase copy(test_database());
    UseDatabase(copy);
    ASSERT_EQ(Do({"run"}).code, 2);
    wanted = Left(copy.database(), 3);
  }
  UseDatabase(test_database());
  const auto worker = Start({"work", "--lanes", "2"});
  ASSERT_TRUE(worker->SaysOnStderr("lanes wait for runs"));
  const auto run = Start({"run"});
  ASSERT_TRUE(run->SaysOnStderr("UPSERT"));

  Control("-m fast stop");
  ASSERT_TRUE(run->SaysOnStderr("waits: "));
  Control("start -o \"$(sed 's/^[^ ]* //' data/postmaster.opts)\"");

  const Finished ended = run->Wait();
  EXPECT_EQ(ended.code, 2) << ended.err;
  ExpectTheSame(Left(database(), 3), wanted);
  ExpectWhole(database(), 3);
  EXPECT_GE(NumberOf(database(),
                     "SELECT count(*) FROM run_lines WHERE message LIKE 'waiting for "
                     "the database: %'"),
            1);
  EXPECT_GE(NumberOf(database(),
                     "SELECT count(*) FROM run_lines WHERE message LIKE 'the database "
                     "answers again%'"),
            1);
  worker->Signal(SIGTERM);
  EXPECT_EQ(worker->Wait().code, 0);
}

INSTANTIATE_TEST_SUITE_P(Own, Restarted, testing::Values(Dialect::kPostgres), DialectName);

}  // namespace
}  // namespace rolecall
