// A run that is killed, again and again, ends as one that nothing disturbed.
#include "tests/survival/survival.h"

#include <algorithm>
#include <cmath>
#include <csignal>
#include <random>

#include "run/start_run.h"
#include "store/runs/runs.h"

namespace rolecall {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

constexpr int kMoments = 30;
constexpr int kMostTries = 4 * kMoments;

// Where in a run the try falls: spread evenly, however many there come to be.
double MomentOf(int attempt) {
  constexpr double kGoldenRatio = 0.6180339887498949;
  return std::fmod((attempt + 0.5) * kGoldenRatio, 1.0);
}

class Killed : public Survival {
 protected:
  // Where it has come to is told by its lines, whatever the speed of this machine.
  static constexpr std::string_view kBegins = "RUN initializing";

  // What an undisturbed run of a copy leaves, and how many lines it says from its begin on.
  void RunUndisturbed(std::vector<std::string>& left, std::ptrdiff_t& lines) {
    TestDatabase copy(test_database());
    UseDatabase(copy);
    const Finished run = Do({"run"});
    ASSERT_EQ(run.code, 2) << run.err;
    ASSERT_NE(run.err.find(kBegins), std::string::npos) << run.err;
    lines = std::count(run.err.begin() + static_cast<std::ptrdiff_t>(run.err.find(kBegins)),
                       run.err.end(), '\n');
    left = Left(copy.database(), 3);
    ExpectWhole(copy.database(), 3);
  }

  // Whether a run that is killed once it said so many lines was under way still; then it is taken
  // up, and leaves what is wanted.
  bool KillAfter(std::ptrdiff_t lines, const std::vector<std::string>& wanted) {
    TestDatabase copy(test_database());
    UseDatabase(copy);
    const auto run = Start({"run"});
    if (!run->SaysOnStderr(kBegins)) {
      ADD_FAILURE() << run->said();
      return false;
    }
    const std::string& said = run->said();
    const auto before = std::count(
        said.begin(), said.begin() + static_cast<std::ptrdiff_t>(said.find(kBegins)), '\n');
    run->SaysLines(before + lines);
    run->Signal(SIGKILL);
    run->Wait();
    const bool was_inside =
        NumberOf(copy.database(),
                 "SELECT count(*) FROM ingestion_runs WHERE finished_at IS NULL") == 1;
    if (was_inside) {
      const Finished again = Do({"run"});
      EXPECT_EQ(again.code, 2) << again.err;
      EXPECT_NE(again.err.find("run 3 was left by its worker"), std::string::npos) << again.err;
    }
    ExpectTheSame(Left(copy.database(), 3), wanted);
    ExpectWhole(copy.database(), 3);
    EXPECT_EQ(NumberOf(copy.database(), "SELECT count(*) FROM ingestion_runs"), 3);
    return was_inside;
  }
};

TEST_P(Killed, AtThirtyMomentsARunEndsAsIfUndisturbed) {
  Prepare(milliseconds(1));
  std::vector<std::string> wanted, again;
  std::ptrdiff_t lines = 0;
  RunUndisturbed(wanted, lines);
  RunUndisturbed(again, lines);
  ExpectTheSame(again, wanted);

  int inside = 0, tries = 0;
  for (; inside < kMoments && tries < kMostTries && !HasFailure(); ++tries) {
    const auto moment = static_cast<std::ptrdiff_t>(static_cast<double>(lines) * MomentOf(tries));
    SCOPED_TRACE(fmt::format("killed after {} of {} lines", moment, lines));
    inside += KillAfter(moment, wanted) ? 1 : 0;
  }

  fmt::print("{} of {} kills landed inside a run of {} lines\n", inside, tries, lines);
  EXPECT_EQ(inside, kMoments);
}

ROLECALL_ON_BOTH_DATABASES(Killed);

class Workers : public Survival {
 protected:
  static constexpr int kDeaths = 8;
  static constexpr std::chrono::minutes kLongest{15};

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

  // Two steps a company of a run: it is read, and nobody has to carry on with it.
  std::int64_t StepsInAll() {
    return NumberOf(database(), "SELECT 2 * count(*) FROM run_companies WHERE run_id > 2");
  }
  std::int64_t StepsDone() {
    return NumberOf(database(),
                    "SELECT coalesce(sum(CASE WHEN stage IN ('waiting', 'reading') THEN 0 "
                    "WHEN stage = 'ingesting' THEN 1 ELSE 2 END), 0) "
                    "FROM run_companies WHERE run_id > 2");
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

TEST_P(Workers, OfWhomOneAfterAnotherDiesFinishAsIfUndisturbed) {
  Prepare(milliseconds(15));
  const auto wanted = Undisturbed();
  FollowAllIn(database(), 2);
  std::vector<std::unique_ptr<Child>> workers;
  for (int i = 0; i < 4; ++i) workers.push_back(Start({"work", "--lanes", "2"}));
  for (const auto& one : workers) ASSERT_TRUE(one->SaysOnStderr("lanes wait for runs"));

  const std::int64_t run = StartFor(kUser), other = StartFor(2);
  std::minstd_rand random(5);
  int killed = 0;
  const auto deadline = Clock::now() + kLongest;
  while (ActiveRuns() > 0) {
    ASSERT_LT(Clock::now(), deadline) << "the runs do not end";
    const auto next = random() % workers.size();
    // Whatever the speed of this machine: after each further tenth of what there is to do.
    if (killed == kDeaths || StepsDone() * (kDeaths + 2) < StepsInAll() * (killed + 1)) {
      ASSERT_TRUE(workers[next]->ReadFor(milliseconds(20)));
      continue;
    }
    workers[next]->Signal(SIGKILL);
    workers[next]->Wait();
    ++killed;
    workers[next] = Start({"work", "--lanes", "2"});
  }
  fmt::print("{} of four workers were killed\n", killed);

  EXPECT_GE(killed, kDeaths / 2);
  ExpectTheSame(Left(database(), run), wanted);
  ExpectWhole(database(), run);
  const auto second = LoadRun(**database().Reader(), 2, other);
  ASSERT_TRUE(second);
  EXPECT_EQ(second->status, RunStatus::kFinished);
  // The last of them may have begun just now.
  for (const auto& one : workers) ASSERT_TRUE(one->SaysOnStderr("lanes wait for runs"));
  for (const auto& one : workers) one->Signal(SIGTERM);
  for (const auto& one : workers) EXPECT_EQ(one->Wait().code, 0);
  EXPECT_EQ(NumberOf(database(), "SELECT count(*) FROM workers"), 0) << "each took its leave";
}

TEST_P(Workers, HandTheirLeasesBackWhenToldToStop) {
  Simulate(6, 20);
  FollowAllIn(database(), kUser);
  for (const auto& one : sim().Companies()) ASSERT_TRUE(sim().SetFault(one.name, "timeout"));
  const auto worker = Start({"work"});
  ASSERT_TRUE(worker->SaysOnStderr("lanes wait for runs"));
  const std::int64_t run = StartFor(kUser);
  while (NumberOf(database(), "SELECT count(*) FROM run_companies WHERE worker IS NOT NULL") == 0)
    ASSERT_TRUE(worker->ReadFor(milliseconds(20)));

  const auto told = Clock::now();
  worker->Signal(SIGTERM);
  const Finished ended = worker->Wait();

  EXPECT_EQ(ended.code, 0) << ended.err;
  EXPECT_LT(Clock::now() - told, std::chrono::seconds(50)) << "a fetch has a minute";
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

TEST_P(Workers, AreToldOfAnAbortThoughNoVendorAnswers) {
  Simulate(6, 20);
  FollowAllIn(database(), kUser);
  for (const auto& one : sim().Companies()) ASSERT_TRUE(sim().SetFault(one.name, "timeout"));
  const auto worker = Start({"work"});
  ASSERT_TRUE(worker->SaysOnStderr("lanes wait for runs"));
  const std::int64_t run = StartFor(kUser);
  while (NumberOf(database(), "SELECT count(*) FROM run_companies WHERE worker IS NOT NULL") == 0)
    ASSERT_TRUE(worker->ReadFor(milliseconds(20)));

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

}  // namespace
}  // namespace rolecall
