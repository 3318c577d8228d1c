// Runs watched and ended from elsewhere, a job's life, and boards' health, through the real
// program.
#include <gmock/gmock.h>

#include <csignal>

#include "run/start_run.h"
#include "tests/support/program.h"

namespace rolecall {
namespace {

namespace json = boost::json;
using testing::HasSubstr;

class Watching : public Rolecall {};

TEST_P(Watching, AbortsARunOfAnotherProcessAndKeepsWhatItDid) {
  Simulate(4, 40);
  FollowAll();
  Do({"run"});
  ASSERT_TRUE(sim().SetFault(sim().Companies()[1].name, "timeout"));
  const auto run = Start({"run", "--json"});
  ASSERT_TRUE(run->SaysOnStderr("UPSERT"));

  const Finished aborted = Do({"abort", "2"});
  const json::value shown = Json({"runs", "2"});
  const Finished ended = run->Wait();
  const Finished again = Do({"abort", "2"});

  EXPECT_EQ(aborted.code, 0) << aborted.err;
  EXPECT_EQ(shown.at("status").as_string(), "aborted");
  EXPECT_FALSE(shown.at("finished_at").is_null());
  EXPECT_EQ(Number(CompanyOf(shown, sim().Companies()[1].name), "not_reconciled"), 40);
  EXPECT_EQ(ended.code, 130);
  EXPECT_EQ(json::parse(ended.out).at("status").as_string(), "aborted");
  EXPECT_EQ(again.code, 1);
  EXPECT_THAT(again.err, HasSubstr("Run 2 is already aborted"));
  EXPECT_EQ(Json({"jobs"}).at("total").as_int64(), 160);
  EXPECT_THAT(Do({"logs", "2"}).out, HasSubstr("RUN aborted: "));
}

TEST_P(Watching, RefusesToAbortARunThatIsNot) {
  const Finished refused = Do({"abort", "7"});

  EXPECT_EQ(refused.code, 1);
  EXPECT_THAT(refused.err, HasSubstr("there is no run 7"));
}

TEST_P(Watching, FollowsTheLogOfAnotherProcessFromItsFirstLineToItsLast) {
  Simulate(2, 10);
  FollowAll();
  const auto run = Start({"run", "--ingestion", "mock", "--mock-wait", "2s"});
  ASSERT_TRUE(run->SaysOnStderr("MOCK: waiting"));

  const Finished followed = Do({"logs", "1", "--follow", "--json"});
  const Finished kept = Do({"logs", "1", "--json"});
  const Finished ended = run->Wait();

  EXPECT_EQ(ended.code, 0);
  EXPECT_EQ(followed.code, 0);
  EXPECT_EQ(followed.out, kept.out);
  EXPECT_THAT(followed.out, HasSubstr("RUN finished"));
  std::stringstream lines(followed.out);
  std::int64_t number = 0;
  for (std::string line; std::getline(lines, line);)
    EXPECT_EQ(json::parse(line).at("id").as_int64(), ++number);
}

std::size_t Occurrences(std::string_view text, std::string_view of) {
  std::size_t found = 0;
  for (auto at = text.find(of); at != text.npos; at = text.find(of, at + 1)) ++found;
  return found;
}

// Of the lines of runs in `text`, whether there are some and all of them begin with [TEST].
bool AllOfATest(std::string_view text) {
  const std::size_t lines = Occurrences(text, "[IngestionWorker:run_id=");
  return lines > 0 && lines == Occurrences(text, "[TEST][IngestionWorker:run_id=");
}

TEST_P(Watching, BeginsEveryLineOfALogWithTestOnATestDatabase) {
  Simulate(1, 3);
  FollowAll();
  ASSERT_TRUE(StartRun(test_database().database(), {.user_id = 1}, SystemNow()));
  environment()["TEST_DATABASE_URL"] = environment()["DATABASE_URL"];

  const auto worker = Start({"work", "--lanes", "1"});
  EXPECT_TRUE(worker->SaysOnStdout("RUN finished")) << worker->said();
  worker->Signal(SIGTERM);
  const Finished worked = worker->Wait();
  const Finished run = Do({"run"});
  const Finished text = Do({"logs", "1"});
  const Finished objects = Do({"logs", "1", "--json"});

  EXPECT_TRUE(AllOfATest(worked.out)) << worked.out;
  EXPECT_TRUE(AllOfATest(run.err)) << run.err;
  EXPECT_TRUE(AllOfATest(text.out)) << text.out;
  EXPECT_TRUE(AllOfATest(objects.out)) << objects.out;
}

TEST_P(Watching, BeginsNoLineWithTestWhereTheTestDatabaseIsAnother) {
  Simulate(1, 3);
  FollowAll();
  environment()["TEST_DATABASE_URL"] = "sqlite:another.db";

  const Finished run = Do({"run"});
  const Finished text = Do({"logs", "1"});

  EXPECT_THAT(run.err, HasSubstr("[IngestionWorker:run_id=1] RUN finished"));
  EXPECT_THAT(run.err + text.out, testing::Not(HasSubstr("[TEST]")));
}

TEST_P(Watching, EndsWithTheReaderOfAPipeThoughNoLineComes) {
  Simulate(1, 5);
  FollowAll();
  const auto run = Start({"run", "--ingestion", "mock", "--mock-wait", "10m"});
  ASSERT_TRUE(run->SaysOnStderr("MOCK: waiting"));
  const auto follower = Start({"logs", "1", "--follow"});
  ASSERT_TRUE(follower->SaysOnStdout("MOCK: waiting"));

  follower->CloseStdout();

  EXPECT_EQ(follower->Wait().code, 0);
  run->Signal(SIGINT);
  EXPECT_EQ(run->Wait().code, 130);
}

TEST_P(Watching, TellsAJobsLifeWithBothWitnessesOfItsEnd) {
  Simulate(1, 20);
  FollowAll();
  Do({"run"});
  const std::string company = sim().Companies()[0].name;
  ASSERT_TRUE(sim().Keep(company, 19, UnlistedPages::kGone));
  Do({"run"});
  const json::value gone = Json({"jobs", "--status", "expired"});
  ASSERT_EQ(gone.at("total").as_int64(), 1);
  const std::string id = std::to_string(gone.at("jobs").at(0).at("id").as_int64());

  const Finished text = Do({"job", id});
  const json::value shown = Json({"job", id});

  EXPECT_EQ(text.code, 0) << text.err;
  EXPECT_THAT(
      text.out,
      HasSubstr("absent from a complete listing of 19 in reading 2; gone at its own address "
                "(HTTP 404), as no listed job that was asked is; two witnesses agree; last "
                "seen in reading 1"));
  const auto& events = shown.at("events").as_array();
  ASSERT_EQ(events.size(), 2u);
  EXPECT_EQ(events[0].at("kind").as_string(), "new");
  EXPECT_EQ(events[1].at("kind").as_string(), "expired");
  EXPECT_EQ(events[1].at("listed").as_int64(), 19);
  EXPECT_THAT(std::string(shown.at("description").as_string()), HasSubstr("About the role"));
  EXPECT_EQ(Do({"job", "99999"}).code, 1);
}

TEST_P(Watching, ShowsTheHealthOfEachBoard) {
  Simulate(2, 10);
  FollowAll();
  Do({"run"});
  const auto companies = sim().Companies();
  ASSERT_TRUE(sim().SetFault(companies[0].name, "http_403"));
  Do({"run"});
  Do({"run"});

  const json::value list = Json({"companies", "list"});
  const Finished table = Do({"companies", "list"});

  EXPECT_EQ(list.at(0).at("failure_streak").as_int64(), 2);
  EXPECT_THAT(std::string(list.at(0).at("trouble").as_string()), HasSubstr("HTTP 403"));
  EXPECT_EQ(list.at(0).at("sizes").as_array().size(), 1u);
  EXPECT_EQ(list.at(1).at("failure_streak").as_int64(), 0);
  EXPECT_EQ(list.at(1).at("sizes").as_array().size(), 3u);
  EXPECT_THAT(table.out, HasSubstr(" is failing, 2 times since 20"));
  EXPECT_THAT(table.out, HasSubstr("███"));
}

TEST_P(Watching, TriesAgainOnlyWhatFailed) {
  Simulate(4, 10);
  FollowAll();
  const auto companies = sim().Companies();
  ASSERT_TRUE(sim().SetFault(companies[1].name, "http_403"));
  Do({"run"});
  const Finished early = Do({"run", "--retry-failed", "9"});
  ASSERT_TRUE(sim().SetFault(companies[1].name, "none"));

  const json::value again = Json({"run", "--retry-failed", "1"});
  const Finished nothing = Do({"run", "--retry-failed", "2"});

  EXPECT_EQ(early.code, 1);
  EXPECT_EQ(again.at("parent_run_id").as_int64(), 1);
  ASSERT_EQ(again.at("companies").as_array().size(), 1u);
  EXPECT_EQ(Number(CompanyOf(again, companies[1].name), "new"), 10);
  EXPECT_EQ(nothing.code, 64);
  EXPECT_THAT(nothing.err, HasSubstr("nothing of run 2 is left to be tried again"));
}

ROLECALL_ON_BOTH_DATABASES(Watching);

}  // namespace
}  // namespace rolecall
