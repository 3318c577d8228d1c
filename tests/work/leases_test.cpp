// Workers that share a run, leave it, are slow, or come after another user's: nothing is written
// twice, and nothing by who lost the right to.
#include "run/leases.h"

#include <gmock/gmock.h>

#include <future>
#include <stop_token>
#include <thread>

#include "run/close_run.h"
#include "store/runs/claims.h"
#include "tests/work/rig.h"
#include "work/run_lanes.h"

namespace rolecall {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

class LeasesSuite : public BothDatabases {
 protected:
  std::int64_t AddUser(Rig& rig) {
    rig.Write([&](Transaction& tx) -> Result<void> {
      CHECK_OK(
          tx->Run("INSERT INTO users (user_id, email, name, created_at) VALUES (2, 'b@x', "
                  "'b', :now)",
                  {{"now", kTestNow}}));
      return {};
    });
    return 2;
  }
};

// Answers as another does, but holds the first request until it is let go.
class HeldFetcher : public Fetcher {
 public:
  explicit HeldFetcher(Fetcher& inner) : inner_(inner) {}

  Result<Response> Fetch(const FetchRequest& request, std::stop_token stop) override {
    if (!asked_.exchange(true)) {
      waiting_.set_value();
      go_.get_future().wait();
      stop = {};  // as one that hears nothing
    }
    return inner_.Fetch(request, stop);
  }
  bool IsFree(const std::string&) override { return true; }

  void AwaitFirst() { waiting_.get_future().wait(); }
  void LetGo() { go_.set_value(); }

 private:
  Fetcher& inner_;
  std::atomic<bool> asked_ = false;
  std::promise<void> waiting_, go_;
};

TEST_P(LeasesSuite, WhoWasTooSlowNoticesAndWritesNothing) {
  Rig quick(database(), {.companies = 2, .jobs = 10});
  const std::string company = quick.FirstOn("greenhouse");
  quick.Follow(company);
  quick.settings.mock_wait = minutes(10);
  HeldFetcher held(quick.fetcher());
  Rig slow(database(), {.companies = 1, .jobs = 1}, &held);
  slow.settings = quick.settings;
  slow.beat = std::chrono::hours(1);  // its keeper stands still as well
  slow.settings.lanes = 1;
  const std::int64_t id = quick.Start({.ingestion = Ingestion::kMock});
  std::jthread late([&] { std::ignore = slow.Work(id); });
  held.AwaitFirst();
  quick.clock.Advance(seconds(61));
  std::jthread other([&] { std::ignore = quick.Work(id); });
  while (quick.Load(id).status != RunStatus::kIngesting) std::this_thread::yield();
  const auto rows = [&] {
    return quick.Texts(
        "SELECT j.external_id || ' ' || j.changed_reading || ' ' || e.kind FROM "
        "board_jobs j JOIN job_events e ON e.job_id = j.id ORDER BY j.id, e.kind");
  };
  const auto before = rows();

  held.LetGo();
  while (quick.Number("SELECT count(*) FROM run_lines WHERE message LIKE 'LOST %'") == 0)
    std::this_thread::yield();

  EXPECT_EQ(before.size(), 10);
  EXPECT_EQ(rows(), before);
  EXPECT_EQ(quick.Number("SELECT count(*) FROM readings"), 1);
  EXPECT_EQ(quick.Number("SELECT count(*) FROM run_lines WHERE message LIKE 'FREED %'"), 1);
  EXPECT_EQ(quick.Number("SELECT count(*) FROM run_lines WHERE message LIKE '%the database%'"), 0);
  quick.clock.Advance(minutes(10));
  slow.clock.Advance(minutes(11));
  other.join();
  late.join();
  const RunRecord run = quick.Load(id);
  EXPECT_EQ(run.status, RunStatus::kFinished);
  ExpectTrueRun(quick, run);
  EXPECT_EQ(run.totals.new_jobs, 10);
}

TEST_P(LeasesSuite, NothingIsCommittedUnderAClaimThatAnotherHasOrOfARunThatEnded) {
  Rig rig(database(), {.companies = 1, .jobs = 1});
  rig.FollowAll();
  const std::int64_t id = rig.Start();
  const auto take = [&](Stage stage) {
    auto tx = Must(database().Write());
    const Timestamp now = rig.clock.Now();
    auto claim =
        Must(TakeCompany(tx, {.run_id = id, .stage = stage}, {"someone", now, now + seconds(60)}));
    Must(tx.Commit());
    return claim.value();
  };
  const auto check = [&](const Claim& claim) {
    auto tx = Must(database().Write());
    return CheckClaim(tx, claim, rig.clock.Now(), seconds(60));
  };
  const Claim slow = take(Stage::kWaiting);
  rig.clock.Advance(seconds(61));
  rig.Write([&](Transaction& tx) -> Result<void> {
    CHECK_OK(FreeLapsed(tx, rig.clock.Now()));
    return {};
  });
  const Claim quick = take(Stage::kReading);

  const auto of_slow = check(slow);
  const auto of_quick = check(quick);
  Must(AbortRun(database(), {rig.user, id}, rig.clock.Now()));
  const auto of_ended = check(quick);

  ASSERT_FALSE(of_slow);
  EXPECT_EQ(of_slow.error().code, Errc::kCancelled);
  EXPECT_TRUE(of_quick);
  ASSERT_FALSE(of_ended);
  EXPECT_EQ(of_ended.error().code, Errc::kCancelled);
}

TEST_P(LeasesSuite, WhoDiedLosesItsCompanyAtOnceAndWhoLivesKeepsIt) {
  Rig rig(database(), {.companies = 2, .jobs = 1});
  rig.FollowAll();
  const std::int64_t id = rig.Start();
  const std::string living = NewWorkerName();
  std::string dead = NewWorkerName();  // of a process that had this one's number before
  const auto number = dead.rfind('/');
  const auto started = dead.rfind('/', number - 1);
  dead.replace(started + 1, number - started - 1, "1");
  for (const std::string& worker : {living, dead}) {
    auto tx = Must(database().Write());
    const Timestamp now = rig.clock.Now();
    ASSERT_TRUE(Must(TakeCompany(tx, {.run_id = id}, {worker, now, now + seconds(60)})));
    Must(tx.Commit());
  }

  const std::size_t freed = Must(FreeTheDead(database(), rig.clock.Now()));

  EXPECT_EQ(freed, 1);
  EXPECT_THAT(rig.Texts("SELECT worker FROM run_companies WHERE worker IS NOT NULL"),
              testing::ElementsAre(living));
  EXPECT_EQ(rig.Number("SELECT count(*) FROM run_lines WHERE message LIKE 'FREED %'"), 1);
}

TEST_P(LeasesSuite, AHeartKeepsAClaimForLongerThanItsLease) {
  Rig rig(database(), {.companies = 1, .jobs = 1});
  rig.FollowAll();
  const std::int64_t id = rig.Start();
  auto tx = Must(database().Write());
  const Timestamp began = rig.clock.Now();
  const auto claim =
      Must(TakeCompany(tx, {.run_id = id}, {rig.worker, began, began + seconds(60)}));
  Must(tx.Commit());
  LeaseKeeper keeper(database(), rig.clock.AsClock(),
                     {.worker = rig.worker,
                      .renewed_every = std::chrono::milliseconds(1),
                      .beat = std::chrono::milliseconds(1)},
                     id, {});
  const LeaseKeeper::Kept kept(keeper, claim.value());

  rig.clock.Advance(seconds(59));
  const auto renewed = [&] {
    return rig.Number("SELECT count(*) FROM run_companies WHERE lease_until > :was",
                      {{"was", began + seconds(60)}}) == 1;
  };
  const auto deadline = std::chrono::steady_clock::now() + minutes(2);
  while (!renewed() && std::chrono::steady_clock::now() < deadline) std::this_thread::yield();

  EXPECT_TRUE(renewed());
  EXPECT_FALSE(kept.token().stop_requested());
}

TEST_P(LeasesSuite, ACompleteReadingThatNobodyProjectedIsNotMadeAgain) {
  Rig rig(database(), {.companies = 2, .jobs = 10, .churn = 0});
  const std::string company = rig.FirstOn("workday");
  rig.Follow(company);
  rig.settings.lanes = 1;
  rig.settings.retry_pause = minutes(1);
  const std::int64_t id = rig.Start();
  rig.Write(
      [](Transaction& tx) { return tx->RunScript("ALTER TABLE run_contents RENAME TO away"); });
  std::stop_source stop;
  const WorkTools tools = rig.Tools();
  RunLog log(
      database(), rig.clock.AsClock(), id,
      [&](const RunLine& line) {
        if (line.message.find("attempt 1 of 3") != std::string::npos) stop.request_stop();
      },
      [](std::string_view) {});
  RunLanes lanes(tools, {.run_id = id, .log_of = [&](std::int64_t) {
                           return std::shared_ptr<RunLog>(&log, [](RunLog*) {});
                         }});
  // Until the reading is there, and its projection failed.
  ASSERT_TRUE(lanes.Work(stop.get_token()));
  rig.Write(
      [](Transaction& tx) { return tx->RunScript("ALTER TABLE away RENAME TO run_contents"); });
  EXPECT_EQ(rig.Number("SELECT count(*) FROM readings"), 1);
  const int asked = rig.sim().CountRequests(company).list;
  rig.clock.Advance(minutes(1));

  EXPECT_EQ(*rig.Work(id), RunStatus::kFinished);

  EXPECT_EQ(rig.sim().CountRequests(company).list, asked);
  EXPECT_EQ(rig.Number("SELECT count(*) FROM readings"), 1);
  const RunRecord run = rig.Load(id);
  ExpectTrueRun(rig, run);
  EXPECT_EQ(run.totals.new_jobs, 10);
  EXPECT_EQ(run.totals.ready, 10);
}

TEST_P(LeasesSuite, AReadingServesAnotherUserForAQuarterOfAnHour) {
  Rig rig(database(), {.companies = 2, .jobs = 10, .churn = 0.3});
  rig.FollowAll();
  rig.Run();
  const std::int64_t first = rig.user, second = AddUser(rig);
  const std::string company = rig.FirstOn("greenhouse");
  const auto asked = [&] { return rig.sim().CountRequests(company).list; };
  rig.user = second;
  rig.FollowAll();
  const int before = asked();
  rig.sim().Next();
  rig.clock.Advance(minutes(15));

  const RunRecord shared = rig.Run();
  EXPECT_EQ(asked(), before);
  EXPECT_EQ(shared.totals.new_jobs, 20);
  EXPECT_EQ(shared.totals.ready, 20);
  EXPECT_EQ(rig.Number("SELECT count(*) FROM readings"), 2);

  rig.clock.Advance(std::chrono::milliseconds(1));
  const RunRecord fresh = rig.Run();
  EXPECT_EQ(asked(), before + 1) << "the own reading of a moment ago serves nobody but others";
  EXPECT_GT(fresh.totals.changed + fresh.totals.new_jobs, 0);

  rig.user = first;
  const RunRecord back = rig.Run();
  EXPECT_EQ(asked(), before + 1);
  EXPECT_EQ(back.totals.new_jobs, fresh.totals.new_jobs);
  EXPECT_EQ(back.totals.changed, fresh.totals.changed);
  EXPECT_EQ(back.totals.expired, fresh.totals.expired);
}

TEST_P(LeasesSuite, ACompanyWhoseWorkersDiedThirtyTimesIsInErrorAndTheRunGoesOn) {
  Rig rig(database(), {.companies = 2, .jobs = 10, .churn = 0});
  rig.FollowAll();
  const std::string company = rig.FirstOn("workday");
  const std::int64_t id = rig.Start();
  rig.Write([&](Transaction& tx) -> Result<void> {
    CHECK_OK(
        tx->Run("UPDATE run_companies SET failures = 3, trouble = 'they all died' WHERE "
                "company = :company",
                {{"company", company}}));
    return {};
  });

  EXPECT_EQ(*rig.Work(id), RunStatus::kFinished);

  const RunRecord run = rig.Load(id);
  ExpectTrueRun(rig, run);
  EXPECT_EQ(Of(run, company).stage, Stage::kError);
  EXPECT_EQ(Of(run, company).error_message, "they all died");
  EXPECT_EQ(run.totals.new_jobs, 10);
}

TEST_P(LeasesSuite, ACompanyThatIsRemovedMeanwhileIsLeftOut) {
  Rig rig(database(), {.companies = 2, .jobs = 10, .churn = 0});
  rig.FollowAll();
  rig.Run();
  const std::string company = rig.FirstOn("workday");
  const std::int64_t id = rig.Start();
  rig.Write([&](Transaction& tx) -> Result<void> {
    CHECK_OK(MoveRun(tx, id, {.from = RunStatus::kPending, .to = RunStatus::kInitializing},
                     rig.clock.Now()));
    return Unfollow(tx, rig.user, company);
  });

  EXPECT_EQ(*rig.Work(id), RunStatus::kFinished);

  const RunRecord run = rig.Load(id);
  ExpectTrueRun(rig, run);
  EXPECT_EQ(Of(run, company).stage, Stage::kNotReconciled);
  EXPECT_NE(WarningsOf(run, company).find("removed from the settings"), std::string::npos);
  EXPECT_EQ(rig.Jobs(company).size(), 10) << "the next run lets them go";
  EXPECT_EQ(rig.Run().totals.expired, 10);
}

TEST_P(LeasesSuite, ContentsThatWereAskedForStayAskedFor) {
  Rig rig(database(), {.companies = 2, .jobs = 250, .churn = 0});
  const std::string company = rig.FirstOn("workday");
  rig.Follow(company);
  rig.settings.lanes = 1;
  const std::int64_t id = rig.Start();
  std::stop_source stop;
  const WorkTools tools = rig.Tools([&] {
    if (rig.Load(id).totals.ready > 0) stop.request_stop();
  });
  RunLog log(database(), rig.clock.AsClock(), id, [](const RunLine&) {}, [](std::string_view) {});
  RunLanes lanes(tools, {.run_id = id, .log_of = [&](std::int64_t) {
                           return std::shared_ptr<RunLog>(&log, [](RunLog*) {});
                         }});
  ASSERT_TRUE(lanes.Work(stop.get_token()));
  const RunRecord left = rig.Load(id);
  EXPECT_EQ(left.status, RunStatus::kIngesting);
  EXPECT_GT(left.totals.ready, 0);
  EXPECT_LT(left.totals.ready, 250);

  EXPECT_EQ(*rig.Work(id), RunStatus::kFinished);

  const RunRecord run = rig.Load(id);
  ExpectTrueRun(rig, run);
  EXPECT_EQ(run.totals.ready, 250);
  EXPECT_EQ(rig.sim().CountRequests(company).detail, 250);
  EXPECT_EQ(rig.Number("SELECT count(*) FROM run_lines WHERE message LIKE 'INGESTED 250 %'"), 1);
}

ROLECALL_ON_BOTH_DATABASES(LeasesSuite);

}  // namespace
}  // namespace rolecall
