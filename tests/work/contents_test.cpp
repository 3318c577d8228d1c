// Descriptions in a run: inline, by request, marked, failing, grown old, cut.
#include <stop_token>
#include <utility>

#include "tests/support/canned_fetcher.h"
#include "tests/work/rig.h"

namespace rolecall {
namespace {

using std::chrono::hours;

class ContentsSuite : public BothDatabases {};

// The simulator's answers, some of them replaced.
class DetouredFetcher : public Fetcher {
 public:
  using Detour = std::function<std::optional<Result<Response>>(const FetchRequest&)>;
  explicit DetouredFetcher(const SimSettings& sim)
      : sim_(Must(BoardSim::Start(sim))),
        inner_(Must(MakeHttpFetcher({.gateway = sim_->address(),
                                     .pacing = {.pause = std::chrono::milliseconds(0)},
                                     .allowed_hosts = {},
                                     .contact = {}}))) {}
  Result<Response> Fetch(const FetchRequest& request, std::stop_token stop) override {
    if (detour)
      if (auto answer = detour(request)) return *std::move(answer);
    return inner_->Fetch(request, stop);
  }
  bool IsFree(const std::string&) override { return true; }

  Detour detour;

 private:
  std::unique_ptr<BoardSim> sim_;
  std::unique_ptr<Fetcher> inner_;
};

std::unique_ptr<DetouredFetcher> SimFetcher(const SimSettings& sim) {
  return std::make_unique<DetouredFetcher>(sim);
}

std::int64_t AddAnn(Rig& rig) {
  std::int64_t id = 0;
  rig.Write([&](Transaction& tx) -> Result<void> {
    TRY(id, AddUser(tx, {.email = "ann@example.org"}, kTestNow));
    return {};
  });
  return id;
}

TEST_P(ContentsSuite, MarksEverythingAfterTheWaitAndFetchesItInTheNextCrawl) {
  Rig rig(database(), {.companies = 2, .jobs = 30, .churn = 0});
  rig.FollowAll();
  rig.settings.mock_wait = std::chrono::milliseconds(30);
  std::atomic<bool> waited = false;
  // The clock stands, so that nothing is marked before it is moved.
  const RunRecord mock = rig.Run(
      {.ingestion = Ingestion::kMock, .progress = [&] {
         if (waited ||
             rig.Number("SELECT count(*) FROM ingestion_runs WHERE status = 'ingesting'") == 0)
           return;
         waited = true;
         EXPECT_EQ(rig.Number("SELECT sum(jobs_ready) FROM ingestion_runs"), 0);
         rig.clock.Advance(std::chrono::milliseconds(30));
       }});
  EXPECT_TRUE(waited);
  rig.settings.mock_wait = std::chrono::milliseconds(0);
  EXPECT_EQ(mock.totals.ready, 60);
  EXPECT_EQ(mock.totals.ready, mock.totals.included);
  EXPECT_EQ(rig.Number("SELECT count(*) FROM jobs WHERE status = 'ready'"), 60);
  EXPECT_EQ(rig.Number("SELECT count(*) FROM job_contents WHERE state = 'mocked'"), 30);
  EXPECT_EQ(rig.sim().CountRequests(rig.FirstOn("workday")).detail, 0);

  const RunRecord again = rig.Run({.ingestion = Ingestion::kMock});
  EXPECT_EQ(again.totals.ready, 60);
  EXPECT_EQ(again.totals.unchanged, 60);
  const RunRecord crawl = rig.Run();

  EXPECT_EQ(crawl.totals.unchanged, 60);
  EXPECT_EQ(crawl.totals.ready, 30) << "those that were only marked";
  EXPECT_EQ(rig.sim().CountRequests(rig.FirstOn("workday")).detail, 30);
  EXPECT_EQ(rig.Number("SELECT count(*) FROM jobs WHERE description <> ''"), 60);
  EXPECT_EQ(rig.Number("SELECT count(*) FROM job_events WHERE kind = 'content'"), 0);
}

TEST_P(ContentsSuite, CallsAContentThatFailedThriceAnErrorAndKeepsTheJob) {
  const auto fetcher = SimFetcher({.companies = 2, .jobs = 5, .churn = 0});
  std::atomic<int> asked = 0;
  fetcher->detour = [&](const FetchRequest& request) -> std::optional<Result<Response>> {
    if (!request.url.ends_with("_R4000006")) return std::nullopt;
    ++asked;
    return Fail(Errc::kUpstream, "HTTP 502");
  };
  Rig rig(database(), {.companies = 2, .jobs = 5, .churn = 0}, fetcher.get());
  const std::string company = rig.FirstOn("workday");
  rig.Follow(company);

  for (int i = 0; i < 3; ++i) {
    const RunRecord run = rig.Run();
    EXPECT_EQ(run.totals.failed, 1);
    EXPECT_EQ(run.status, RunStatus::kFinished);
    EXPECT_NE(WarningsOf(run, company).find("1 of"), std::string::npos) << WarningsOf(run, company);
  }
  const RunRecord fourth = rig.Run();

  EXPECT_EQ(asked, 3);
  EXPECT_EQ(fourth.totals.failed, 1);
  EXPECT_EQ(fourth.totals.skipped, 4);
  const auto failed = rig.Jobs(company, "error");
  ASSERT_EQ(failed.size(), 1);
  EXPECT_EQ(failed[0].error_message, "HTTP 502");
  EXPECT_NE(failed[0].title, "");
  EXPECT_EQ(rig.Jobs(company).size(), 5);
}

TEST_P(ContentsSuite, AsksAgainAfterSevenDaysForThreeHundredAtMost) {
  Rig rig(database(), {.companies = 2, .jobs = 320, .churn = 0});
  const std::string company = rig.FirstOn("workday");
  rig.Follow(company);
  rig.Run();
  EXPECT_EQ(rig.sim().CountRequests(company).detail, 320);
  rig.clock.Advance(hours(7 * 24));
  EXPECT_EQ(rig.Run().totals.skipped, 320);
  EXPECT_EQ(rig.sim().CountRequests(company).detail, 320);
  rig.clock.Advance(hours(1));

  const RunRecord run = rig.Run();
  EXPECT_EQ(run.totals.skipped, 320) << "the texts are the same";
  EXPECT_EQ(rig.sim().CountRequests(company).detail, 620);
  rig.Run();

  EXPECT_EQ(rig.sim().CountRequests(company).detail, 640) << "the rest follow in the next run";
  EXPECT_EQ(rig.Number("SELECT count(*) FROM job_events WHERE kind = 'content'"), 0);
}

std::string LargeBoard(int jobs) {
  std::string body = fmt::format(R"({{"meta":{{"total":{}}},"jobs":[)", jobs);
  const std::string large(1'100'000, 'x');
  for (int i = 0; i < jobs; ++i)
    body += fmt::format(
        R"({}{{"id":{},"title":"Cook","absolute_url":"https://a.test/{}","location":{{"name":""}},"content":"{}"}})",
        i == 0 ? "" : ",", i, i, large);
  return body + "]}";
}

// Every line of the run's log.
std::string LogOf(Rig& rig, const RunRecord& run) {
  std::string log;
  for (const RunLine& line : rig.Lines(run.id)) log += line.message + "\n";
  return log;
}

TEST_P(ContentsSuite, NamesTheFirstJobsWhoseInlineDescriptionsWereCutAndCountsTheRest) {
  CannedFetcher fetcher([body = LargeBoard(8)](const FetchRequest&) { return Ok(body); });
  Rig rig(database(), {.companies = 1, .jobs = 1}, &fetcher);
  rig.FollowAll();

  const RunRecord run = rig.Run();

  const std::string warnings = WarningsOf(run, rig.FirstOn("greenhouse"));
  EXPECT_EQ(run.warnings.size(), 4) << warnings;
  for (const std::string& told : {warnings, LogOf(rig, run)}) {
    EXPECT_NE(told.find("job 2 (Cook): a description of 1.0 MiB was cut to 1.0 MiB"),
              std::string::npos)
        << told;
    EXPECT_EQ(told.find("job 3 (Cook)"), std::string::npos) << told;
    EXPECT_NE(told.find("and 5 more warnings like these"), std::string::npos) << told;
  }
  EXPECT_EQ(rig.Number("SELECT max(length(description)) FROM job_contents"), 1 << 20);
}

TEST_P(ContentsSuite, NamesTheFirstJobsWhoseRequestedDescriptionsWereCutAndCountsTheRest) {
  const auto fetcher = SimFetcher({.companies = 2, .jobs = 5, .churn = 0});
  fetcher->detour = [](const FetchRequest& request) -> std::optional<Result<Response>> {
    if (request.method == "POST") return std::nullopt;
    return Ok(R"({"jobPostingInfo":{"jobDescription":")" + std::string(1'100'000, 'x') + R"("}})");
  };
  Rig rig(database(), {.companies = 2, .jobs = 5, .churn = 0}, fetcher.get());
  const std::string company = rig.FirstOn("workday");
  rig.Follow(company);

  const RunRecord run = rig.Run();

  const std::string warnings = WarningsOf(run, company);
  EXPECT_EQ(run.warnings.size(), 4) << warnings;
  for (const std::string& told : {warnings, LogOf(rig, run)}) {
    EXPECT_NE(told.find("job R4000008: a description of 1.0 MiB was cut to 1.0 MiB"),
              std::string::npos)
        << told;
    EXPECT_EQ(told.find("R4000009"), std::string::npos) << told;
    EXPECT_NE(told.find("and 2 more warnings like these"), std::string::npos) << told;
  }
  EXPECT_EQ(run.totals.ready, 5);
}

TEST_P(ContentsSuite, CountsAContentThatAnotherUsersRunFoundChanged) {
  const auto fetcher = SimFetcher({.companies = 2, .jobs = 5, .churn = 0});
  Rig first(database(), {.companies = 2, .jobs = 5, .churn = 0}, fetcher.get());
  Rig second(database(), {.companies = 2, .jobs = 5, .churn = 0}, fetcher.get());
  second.Write([&](Transaction& tx) -> Result<void> {
    CHECK_OK(tx->Run("INSERT INTO users (email, name, created_at) VALUES ('b@b', 'B', :now)",
                     {{"now", kTestNow}}));
    return {};
  });
  second.user = Must(FindUser(*Must(database().Reader()), "b@b")).id;
  const std::string company = first.FirstOn("workday");
  first.Follow(company);
  second.Follow(company);
  first.Run();
  second.Run();
  EXPECT_EQ(second.Run().totals.skipped, 5);
  fetcher->detour = [](const FetchRequest& request) -> std::optional<Result<Response>> {
    if (!request.url.ends_with("_R4000006")) return std::nullopt;
    return Ok(R"({"jobPostingInfo":{"jobDescription":"<p>Another text</p>"}})");
  };
  first.clock.Advance(hours(8 * 24));
  EXPECT_EQ(first.Run().totals.ready, 1);

  const RunRecord run = second.Run();

  EXPECT_EQ(run.totals.unchanged, 5);
  EXPECT_EQ(run.totals.ready, 1) << "changed since this user's last run";
  EXPECT_EQ(second.Run().totals.skipped, 5);
}

TEST_P(ContentsSuite, FetchesWhatWasOnlyMarkedThoughAnotherUserReadTheBoardInBetween) {
  Rig rig(database(), {.companies = 2, .jobs = 20, .churn = 0});
  const std::string company = rig.FirstOn("workday");
  rig.Follow(company);
  rig.Run({.ingestion = Ingestion::kMock});
  rig.clock.Advance(std::chrono::minutes(16));
  const std::int64_t owner = std::exchange(rig.user, AddAnn(rig));
  rig.Follow(company);
  rig.Filter(company, {.include = {"nobody has this title"}, .exclude = {}});
  const RunRecord in_between = rig.Run();
  rig.user = owner;

  const RunRecord crawl = rig.Run();

  EXPECT_EQ(Of(crawl, company).reading_id, Of(in_between, company).reading_id);
  EXPECT_EQ(crawl.totals.unchanged, 20);
  EXPECT_EQ(crawl.totals.ready, 20);
  EXPECT_EQ(rig.sim().CountRequests(company).detail, 20);
  EXPECT_EQ(rig.Number("SELECT count(*) FROM job_contents WHERE state = 'ready'"), 20);
}

TEST_P(ContentsSuite, KeepsTheFactsThatOnlyAJobsOwnAnswerStates) {
  const SimSettings sim{.companies = 1, .jobs = 5, .churn = 0, .kinds = {"bamboohr"}};
  const auto fetcher = SimFetcher(sim);
  Rig rig(database(), sim, fetcher.get());
  const auto with_day = [&] {
    return rig.Number("SELECT count(*) FROM jobs WHERE posted_at IS NOT NULL");
  };
  rig.FollowAll();
  rig.Run();
  ASSERT_EQ(with_day(), 5);
  fetcher->detour = [](const FetchRequest& request) -> std::optional<Result<Response>> {
    if (!request.url.ends_with("/detail")) return std::nullopt;
    return Ok(R"({"result":{"jobOpening":{"description":"<p>Another text</p>"}}})");
  };
  rig.clock.Advance(hours(8 * 24));

  const RunRecord again = rig.Run();

  EXPECT_EQ(again.totals.unchanged, 5);
  EXPECT_EQ(again.totals.ready, 5);
  EXPECT_EQ(with_day(), 5);
  EXPECT_EQ(rig.Number("SELECT count(*) FROM job_events WHERE kind = 'facts'"), 0);
}

ROLECALL_ON_BOTH_DATABASES(ContentsSuite);

}  // namespace
}  // namespace rolecall
