// A run's log: numbered, stored before it is shown, whole before the final status, patient with the
// store.
#include <condition_variable>
#include <mutex>
#include <thread>

#include "run/run_log.h"
#include "tests/work/rig.h"
#include "work/finalise_run.h"

namespace rolecall {
namespace {

class LogSuite : public BothDatabases {
 protected:
  static void Hide(Rig& rig) {
    rig.Write(
        [](Transaction& tx) { return tx->RunScript("ALTER TABLE run_lines RENAME TO away"); });
  }
  static void Unhide(Rig& rig) {
    rig.Write(
        [](Transaction& tx) { return tx->RunScript("ALTER TABLE away RENAME TO run_lines"); });
  }
};

TEST_P(LogSuite, NumbersTheLinesOfManyWritersWithoutGapsAndShowsThemInOrder) {
  Rig rig(database(), {.companies = 1, .jobs = 1});
  rig.FollowAll();
  const std::int64_t id = rig.Start();
  std::vector<std::int64_t> shown;
  {
    RunLog log(
        database(), rig.clock.AsClock(), id,
        [&](const RunLine& line) {
          EXPECT_GE(rig.Number("SELECT count(*) FROM run_lines WHERE run_id = :run AND seq = :seq",
                               {{"run", id}, {"seq", line.seq}}),
                    1)
              << "shown before it was stored";
          shown.push_back(line.seq);
        },
        [](std::string_view) {});
    std::vector<std::jthread> writers;
    for (int i = 0; i < 4; ++i)
      writers.emplace_back([&, i] {
        for (int j = 0; j < 25; ++j) log.Info("acme", fmt::format("line {} of {}\nend", j, i));
      });
    writers.clear();
    EXPECT_TRUE(log.Flush());
    EXPECT_EQ(rig.Number("SELECT count(*) FROM run_lines"), 100);
  }

  const auto lines = rig.Lines(id);
  ASSERT_EQ(lines.size(), 100);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    EXPECT_EQ(lines[i].seq, static_cast<std::int64_t>(i) + 1);
    EXPECT_EQ(lines[i].message.find('\n'), std::string::npos);
    EXPECT_EQ(shown.at(i), lines[i].seq);
  }
}

TEST_P(LogSuite, KeepsLinesWhileTheStoreFailsAndStoresThemAfterInOrder) {
  Rig rig(database(), {.companies = 1, .jobs = 1});
  rig.FollowAll();
  const std::int64_t id = rig.Start();
  std::atomic<int> complaints = 0;
  RunLog log(
      database(), rig.clock.AsClock(), id, [](const RunLine&) {},
      [&](std::string_view) { ++complaints; });
  log.Info("", "first");
  ASSERT_TRUE(log.Flush());
  Hide(rig);

  log.Info("", "second");
  EXPECT_FALSE(log.Flush());
  log.Info("", "third \xff and \x01");
  Unhide(rig);
  EXPECT_TRUE(log.Flush(std::chrono::minutes(2)));

  EXPECT_GE(complaints, 1);
  const auto lines = rig.Lines(id);
  ASSERT_EQ(lines.size(), 3);
  EXPECT_EQ(lines[1].message, "second");
  EXPECT_EQ(lines[1].seq, 2);
  EXPECT_TRUE(lines[2].message.starts_with("third \xEF\xBF\xBD and")) << lines[2].message;
}

TEST_P(LogSuite, TellsNoFinalStatusBeforeEveryLineIsStored) {
  Rig rig(database(), {.companies = 2, .jobs = 5});
  rig.FollowAll();
  const std::int64_t id = rig.Start();
  std::mutex mutex;
  std::condition_variable_any complained;
  bool failed = false;
  RunLog log(
      database(), rig.clock.AsClock(), id, [](const RunLine&) {},
      [&](std::string_view) {
        {
          const std::scoped_lock lock(mutex);
          failed = true;
        }
        complained.notify_all();
      });
  Hide(rig);
  log.Info("", "waits");
  std::jthread mender([&] {
    std::unique_lock lock(mutex);
    ASSERT_TRUE(complained.wait_for(lock, std::chrono::minutes(2), [&] { return failed; }));
    EXPECT_FALSE(IsFinal(rig.Load(id).status));
    Unhide(rig);
  });

  const auto status =
      FinaliseRun(rig.Tools(), {rig.user, id}, {RunStatus::kAborted, "aborted"}, log);

  mender.join();
  ASSERT_TRUE(status) << status.error().message;
  const auto lines = rig.Lines(id);
  ASSERT_EQ(lines.size(), 2);
  EXPECT_EQ(lines[0].message, "waits");
  EXPECT_TRUE(lines[1].message.starts_with("RUN aborted: 0 jobs")) << lines[1].message;
}

TEST_P(LogSuite, HasEveryLineStoredWhenTheFinalStatusIsTold) {
  Rig rig(database(), {.companies = 6, .jobs = 8});
  rig.FollowAll();
  const std::int64_t id = rig.Start();
  std::size_t lines_at_the_end = 0;

  const auto status = rig.Work(id, {.progress = [&] {
                                 if (rig.Load(id).status == RunStatus::kFinished)
                                   lines_at_the_end = rig.Lines(id).size();
                               }});

  ASSERT_TRUE(status);
  const auto lines = rig.Lines(id);
  EXPECT_GT(lines.size(), 12);
  EXPECT_EQ(lines_at_the_end, lines.size());
  EXPECT_EQ(rig.shown.size(), lines.size());
  EXPECT_EQ(ShownLine("", id, "x"), fmt::format("[IngestionWorker:run_id={}] x", id));
  EXPECT_EQ(ShownLine("[TEST]", id, "x"), fmt::format("[TEST][IngestionWorker:run_id={}] x", id));
}

TEST_P(LogSuite, LanesLogAndHeartNeverLoseTheWriter) {
  Rig rig(database(), {.companies = 12, .jobs = 40, .churn = 0.3});
  rig.FollowAll();
  rig.settings.lanes = 4;
  const std::int64_t id = rig.Start();
  std::jthread heart([&](std::stop_token ends) {
    while (!ends.stop_requested())
      rig.Write([&](Transaction& tx) -> Result<void> {
        CHECK_OK(BeatHeart(tx, id, rig.clock.Now()));
        return {};
      });
  });

  const auto status = rig.Work(id);

  heart.request_stop();
  heart.join();
  ASSERT_TRUE(status) << status.error().message;
  EXPECT_EQ(*status, RunStatus::kFinished);
  EXPECT_EQ(rig.complaints, std::vector<std::string>{});
  const RunRecord run = rig.Load(id);
  ExpectTrueRun(rig, run);
  EXPECT_EQ(run.totals.ready, 480);
  EXPECT_EQ(run.warnings.size(), 0);
}

ROLECALL_ON_BOTH_DATABASES(LogSuite);

}  // namespace
}  // namespace rolecall
