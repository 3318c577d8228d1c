// A run that is killed, again and again, ends as one that nothing disturbed.
#include "tests/survival/survival.h"

#include <csignal>
#include <random>

#include "run/start_run.h"
#include "store/runs.h"

namespace rolecall {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

constexpr int kMoments = 30;
constexpr int kFewestInside = 25;

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

}  // namespace
}  // namespace rolecall
