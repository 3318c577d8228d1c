// What those who watch a run are told, by streams over the real store.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include <boost/json.hpp>
#include <map>
#include <set>

#include "api/watching/feeds.h"
#include "api/watching/log_feed.h"
#include "api/watching/progress_feed.h"
#include "forms/run_json.h"
#include "run/close_run.h"
#include "tests/support/stream_client.h"
#include "tests/support/watcher.h"
#include "tests/work/rig.h"

namespace rolecall {
namespace {

namespace json = boost::json;
using std::chrono::milliseconds;

class WatchingSuite : public BothDatabases {
 protected:
  void SetUp() override {
    BothDatabases::SetUp();
    if (IsSkipped()) return;
    events_ = std::make_unique<RunEvents>(database());
    streams_ = std::make_unique<Streams>(StreamSettings{});
    lines_ = std::make_unique<TableOfLines>(database());
    feeds_ = std::make_unique<Feeds>(database(), *BuiltInRegistry(), *lines_, *events_, *streams_,
                                     SystemNow,
                                     FeedSettings{.gather_for = milliseconds(5),
                                                  .look_every = milliseconds(5),
                                                  .patience = std::chrono::minutes(1)});
  }
  void TearDown() override {
    feeds_.reset();
    lines_.reset();
    streams_.reset();
    events_.reset();
  }
  Feeds& feeds() { return *feeds_; }
  Streams& streams() { return *streams_; }

  std::unique_ptr<Watcher> WatchProgress(std::int64_t user, std::int64_t run) {
    return std::make_unique<Watcher>(*streams_,
                                     Must(rolecall::WatchProgress(feeds(), {user, run})));
  }
  std::unique_ptr<Watcher> FollowLog(std::int64_t user, std::int64_t run, std::int64_t after) {
    return std::make_unique<Watcher>(
        *streams_, Must(rolecall::FollowLog(feeds(), {user, run}, {after, "[TEST]"})).value());
  }

 private:
  std::unique_ptr<RunEvents> events_;
  std::unique_ptr<Streams> streams_;
  std::unique_ptr<TableOfLines> lines_;
  std::unique_ptr<Feeds> feeds_;
};

std::vector<std::int64_t> IdsOf(const std::vector<StreamEvent>& events) {
  std::vector<std::int64_t> ids;
  for (const StreamEvent& event : events) ids.push_back(std::stoll(event.id));
  return ids;
}

std::vector<std::int64_t> From(std::int64_t first, std::int64_t last) {
  std::vector<std::int64_t> ids;
  for (std::int64_t id = first; id <= last; ++id) ids.push_back(id);
  return ids;
}

// How many jobs the last `all_jobs` has in each status.
std::map<std::string, std::int64_t> LastJobs(const std::vector<StreamEvent>& events) {
  std::map<std::string, std::int64_t> counts;
  for (const StreamEvent& event : events) {
    if (event.name != "all_jobs") continue;
    counts.clear();
    for (const auto& company : json::parse(event.data).as_object())
      for (const auto& job : company.value().as_array())
        ++counts[std::string(job.at("status").as_string())];
  }
  return counts;
}

json::value AllJobs(const std::vector<StreamEvent>& events) {
  json::value last;
  for (const StreamEvent& event : events)
    if (event.name == "all_jobs") last = json::parse(event.data);
  return last;
}

// The jobs as one keeps them who takes all_jobs, and updates of what that told, and drops others.
std::map<std::string, std::string> KeptJobs(const std::vector<StreamEvent>& events) {
  std::map<std::string, std::string> kept;
  for (const StreamEvent& event : events) {
    if (event.name == "all_jobs") {
      kept.clear();
      for (const auto& company : json::parse(event.data).as_object())
        for (const auto& job : company.value().as_array())
          kept[fmt::format("{} {}", company.key(), job.at("external_id").as_string())] =
              job.at("status").as_string();
    }
    if (event.name == "update")
      for (const auto& company : json::parse(event.data).as_object())
        for (const auto& job : company.value().as_object()) {
          const auto key = fmt::format("{} {}", company.key(), job.key());
          EXPECT_TRUE(kept.contains(key)) << key << " was never told";
          kept[key] = job.value().as_string();
        }
  }
  return kept;
}

// Told as the contract has it: numbers never fall, and the final status comes last and once.
void ExpectTrueProgress(const std::vector<StreamEvent>& events, const RunRecord& run) {
  std::map<std::string, std::int64_t> before;
  json::value last;
  int finals = 0;
  for (const StreamEvent& event : events) {
    if (event.name == "status" && IsFinal(RunStatusOf(event.data).value())) ++finals;
    if (!event.name.empty()) continue;
    last = json::parse(event.data);
    for (const char* name :
         {"total_jobs", "jobs_ready", "jobs_skipped", "jobs_expired", "jobs_failed"}) {
      EXPECT_GE(last.at(name).as_int64(), before[name]) << name;
      before[name] = last.at(name).as_int64();
    }
  }
  ASSERT_FALSE(events.empty());
  EXPECT_EQ(finals, 1);
  EXPECT_EQ(events.back().name, "status");
  EXPECT_EQ(events.back().data, Name(run.status));
  EXPECT_EQ(events.back().id, ProgressFeed::FinalId(run.id));
  EXPECT_EQ(last, json::value(ProgressJson(run)));
}

TEST_P(WatchingSuite, ProgressIsTheWholeStateAndThenEachChange) {
  Rig rig(database(), {.companies = 4, .jobs = 30, .churn = 0.2});
  rig.FollowAll();
  rig.Run();
  rig.sim().Next();
  rig.clock.Advance(std::chrono::hours(1));
  const std::int64_t id = rig.Start();
  const auto early = WatchProgress(rig.user, id);

  std::unique_ptr<Watcher> midway;
  const auto status = rig.Work(id, {.progress = [&] {
                                 if (!midway) midway = WatchProgress(rig.user, id);
                               }});
  const auto late = WatchProgress(rig.user, id);

  ASSERT_EQ(Must(status), RunStatus::kFinished);
  const RunRecord run = rig.Load(id);
  ASSERT_NE(midway, nullptr);
  for (Watcher* watcher : {early.get(), midway.get(), late.get()}) {
    const auto events = watcher->Events();
    ExpectTrueProgress(events, run);
    const auto jobs = LastJobs(events);
    EXPECT_THAT(jobs, testing::UnorderedElementsAre(testing::Pair("ready", run.totals.ready),
                                                    testing::Pair("skipped", run.totals.skipped),
                                                    testing::Pair("expired", run.totals.expired)));
  }
  EXPECT_GT(run.totals.ready, 0);
  EXPECT_GT(run.totals.skipped, 0);
  EXPECT_GT(run.totals.expired, 0);
}

TEST_P(WatchingSuite, JobsThatWereNotToldComeWithAllOthersWhileBoardsAreRead) {
  Rig rig(database(), {.companies = 3, .jobs = 30});
  rig.FollowAll();
  const std::int64_t id = rig.Start();
  const auto watcher = std::make_unique<Watcher>(
      streams(), Must(rolecall::WatchProgress(feeds(), {rig.user, id}, "",
                                              {.all_jobs_every = milliseconds(0)})));

  bool seen = false;
  const auto status = rig.Work(id, {.progress = [&] {
                                 const RunRecord run = rig.Load(id);
                                 if (seen || run.totals.included == 0) return;
                                 EXPECT_EQ(run.status, RunStatus::kInitializing);
                                 seen = watcher->Sees("external_id");
                               }});

  ASSERT_EQ(Must(status), RunStatus::kFinished);
  EXPECT_TRUE(seen);
  const auto events = watcher->Events();
  ExpectTrueProgress(events, rig.Load(id));
  EXPECT_EQ(KeptJobs(events).size(), 90);
}

TEST_P(WatchingSuite, JobsAreToldAgainNoMoreOftenThanIsDue) {
  Rig rig(database(), {.companies = 3, .jobs = 30});
  rig.FollowAll();
  const std::int64_t id = rig.Start();
  const auto watcher = std::make_unique<Watcher>(
      streams(), Must(rolecall::WatchProgress(feeds(), {rig.user, id}, "",
                                              {.all_jobs_every = std::chrono::hours(1)})));

  ASSERT_EQ(Must(rig.Work(id)), RunStatus::kFinished);

  const auto events = watcher->Events();
  ExpectTrueProgress(events, rig.Load(id));
  EXPECT_EQ(KeptJobs(events).size(), 90);
  EXPECT_LE(std::ranges::count(events, "all_jobs", &StreamEvent::name), 3)
      << "on connecting, on entering ingesting, and at the end";
}

TEST_P(WatchingSuite, ALogIsToldFromEachLineOnWithoutGapOrDouble) {
  Rig rig(database(), {.companies = 4, .jobs = 10});
  rig.FollowAll();
  const std::int64_t id = rig.Start();
  const auto early = FollowLog(rig.user, id, 0);

  std::unique_ptr<Watcher> midway;
  const auto status = rig.Work(id, {.progress = [&] {
                                 if (!midway && rig.Lines(id).size() > 2)
                                   midway = FollowLog(rig.user, id, 2);
                               }});
  const auto late = FollowLog(rig.user, id, 0);

  ASSERT_EQ(Must(status), RunStatus::kFinished);
  const auto last = static_cast<std::int64_t>(rig.Lines(id).size());
  EXPECT_EQ(IdsOf(early->Events()), From(1, last));
  EXPECT_EQ(IdsOf(late->Events()), From(1, last));
  ASSERT_NE(midway, nullptr);
  const auto events = midway->Events();
  EXPECT_EQ(IdsOf(events), From(3, last));
  EXPECT_THAT(events.back().data, testing::HasSubstr("[TEST][IngestionWorker:run_id="));
  EXPECT_FALSE(Must(rolecall::FollowLog(feeds(), {rig.user, id}, {.after = last, .prefix = {}})))
      << "nothing follows";
}

TEST_P(WatchingSuite, AnAbortedRunIsToldToItsEnd) {
  Rig rig(database(), {.companies = 2, .jobs = 5});
  rig.FollowAll();
  const std::int64_t id = rig.Start();
  const auto progress = WatchProgress(rig.user, id);
  const auto log = FollowLog(rig.user, id, 0);

  Must(AbortRun(database(), {rig.user, id}, rig.clock.Now()));

  const RunRecord run = rig.Load(id);
  ExpectTrueProgress(progress->Events(), run);
  EXPECT_EQ(run.status, RunStatus::kAborted);
  EXPECT_EQ(IdsOf(log->Events()), From(1, static_cast<std::int64_t>(rig.Lines(id).size())));
}

TEST_P(WatchingSuite, AnEndedRunTellsTheJobsOfItsEndThoughLaterRunsTookThemOver) {
  Rig rig(database(), {.companies = 4, .jobs = 30, .churn = 0.2});
  rig.FollowAll();
  std::vector<RunRecord> runs;
  std::vector<json::value> told;
  for (int i = 0; i < 3; ++i) {
    runs.push_back(rig.Run());
    told.push_back(AllJobs(WatchProgress(rig.user, runs.back().id)->Events()));
    rig.sim().Next();
    rig.clock.Advance(std::chrono::hours(1));
  }

  for (std::size_t i = 0; i < runs.size(); ++i)
    EXPECT_EQ(AllJobs(WatchProgress(rig.user, runs[i].id)->Events()), told[i]) << "run " << i;
  EXPECT_EQ(told[0].as_object().size(), 4);
  EXPECT_NE(told[0], told[1]);
}

TEST_P(WatchingSuite, AnAbortedRunTellsTheJobsThatItsNumbersCount) {
  Rig rig(database(), {.companies = 8, .jobs = 40, .churn = 0.3});
  rig.FollowAll();
  rig.settings.lanes = 4;
  rig.Run();
  rig.sim().Next();
  rig.clock.Advance(std::chrono::hours(1));
  const std::int64_t id = rig.Start();
  std::atomic<bool> aborted = false;

  const auto status = rig.Work(id, {.progress = [&] {
                                 if (rig.Load(id).totals.ready == 0 || aborted.exchange(true))
                                   return;
                                 Must(AbortRun(database(), {rig.user, id}, rig.clock.Now()));
                               }});

  ASSERT_EQ(Must(status), RunStatus::kAborted);
  const RunRecord run = rig.Load(id);
  const auto events = WatchProgress(rig.user, id)->Events();
  auto jobs = LastJobs(events);
  EXPECT_GT(run.totals.ready, 0);
  EXPECT_EQ(jobs["ready"], run.totals.ready);
  EXPECT_EQ(jobs["skipped"], run.totals.skipped);
  EXPECT_EQ(jobs["expired"], run.totals.expired);
  EXPECT_EQ(jobs["ready"] + jobs["skipped"] + jobs["error"] + jobs["pending"], run.totals.included);
  rig.clock.Advance(std::chrono::hours(1));
  rig.Run();
  EXPECT_EQ(AllJobs(WatchProgress(rig.user, id)->Events()), AllJobs(events));
}

TEST_P(WatchingSuite, ARunThatEndedBeforeJobsWereKeptTellsThoseThatCanBeFound) {
  Rig rig(database(), {.companies = 2, .jobs = 10});
  rig.FollowAll();
  const RunRecord run = rig.Run();
  const json::value told = AllJobs(WatchProgress(rig.user, run.id)->Events());
  rig.Write([](Transaction& tx) { return tx->RunScript("DELETE FROM run_jobs"); });

  const json::value found = AllJobs(WatchProgress(rig.user, run.id)->Events());

  EXPECT_EQ(found, told);
  EXPECT_EQ(found.as_object().size(), 2);
}

TEST_P(WatchingSuite, AnotherUsersRunIsNotThere) {
  Rig rig(database(), {.companies = 1, .jobs = 1});
  rig.FollowAll();
  const std::int64_t id = rig.Start();

  const auto progress = rolecall::WatchProgress(feeds(), {rig.user + 1, id});
  const auto log = rolecall::FollowLog(feeds(), {rig.user + 1, id}, {});

  ASSERT_FALSE(progress);
  EXPECT_EQ(progress.error().code, Errc::kNotFound);
  ASSERT_FALSE(log);
  EXPECT_EQ(log.error().code, Errc::kNotFound);
}

TEST_P(WatchingSuite, ALogIsWholeForWhoTakesLittleAtATime) {
  Rig rig(database(), {.companies = 1, .jobs = 1});
  rig.FollowAll();
  const std::int64_t run = rig.Start();
  for (int page = 0; page < 3; ++page)
    rig.Write([&](Transaction& tx) {
      std::vector<RunLine> lines(1'000, {.level = "info", .message = std::string(500, 'x')});
      return AppendLines(tx, run, lines);
    });
  StreamClient client(kNarrowRoom);
  streams().Add(client.Release(),
                Must(rolecall::FollowLog(feeds(), {rig.user, run}, {0, ""})).value(),
                client.Closed());
  std::string text = client.Read(2'000);
  Must(AbortRun(database(), {rig.user, run}, rig.clock.Now()));
  const auto last = static_cast<std::int64_t>(rig.Lines(run).size());

  text += client.ReadToEnd();

  EXPECT_EQ(IdsOf(EventsOf(text)), From(1, last));
  EXPECT_GT(last, 3'000);
  EXPECT_EQ(streams().cut_off(), 0);
}

ROLECALL_ON_BOTH_DATABASES(WatchingSuite);

}  // namespace
}  // namespace rolecall
