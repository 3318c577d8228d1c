// The main job through the real program: companies named, boards read, jobs listed, changes told.
#include <gmock/gmock.h>

#include "tests/support/program.h"

namespace rolecall {
namespace {

namespace json = boost::json;
using testing::HasSubstr;

class MainJob : public Rolecall {
 protected:
  // What stands open, by "company external_id".
  std::map<std::string, json::object> Open() {
    std::map<std::string, json::object> open;
    const json::value shown = Json({"jobs"});
    EXPECT_EQ(shown.at("total").as_int64(), std::ssize(shown.at("jobs").as_array()));
    for (const auto& job : shown.at("jobs").as_array())
      open[fmt::format("{} {}", job.at("company").as_string().c_str(),
                       job.at("external_id").as_string().c_str())] = job.as_object();
    return open;
  }
};

TEST_P(MainJob, FindsEveryOpeningAndTellsWhatChangedInTheNextRound) {
  Simulate(4, 50);
  FollowAll();

  const Finished first = Do({"run"});
  const auto before = Open();
  sim().Next();
  const json::value second = Json({"run"});
  const auto after = Open();

  EXPECT_EQ(first.code, 0) << first.err;
  EXPECT_THAT(first.out, HasSubstr("Run 1 finished"));
  EXPECT_EQ(before.size(), 200u);
  EXPECT_EQ(after.size(), 200u);
  std::int64_t came = 0;
  for (const auto& [id, job] : after) came += before.contains(id) ? 0 : 1;
  EXPECT_GT(came, 0);
  EXPECT_EQ(second.at("jobs_new").as_int64(), came);
  EXPECT_EQ(second.at("jobs_expired").as_int64(), came);
  EXPECT_EQ(second.at("status").as_string(), "finished");
  EXPECT_EQ(std::ssize(Json({"jobs", "--new"}).at("jobs").as_array()), came);
  EXPECT_EQ(std::ssize(Json({"jobs", "--status", "expired"}).at("jobs").as_array()), came);
}

TEST_P(MainJob, CarriesOutWhatThePreviewShowed) {
  Simulate(4, 50);
  FollowAll();
  Do({"run"});
  sim().Next();
  const auto companies = sim().Companies();
  ASSERT_TRUE(sim().SetFault(companies[1].name, "page_3_fails"));
  ASSERT_TRUE(sim().Keep(companies[2].name, 10, UnlistedPages::kStand));
  Do({"companies", "filter", companies[3].name, "--exclude", "/engineer/"});
  Do({"companies", "remove", companies[0].name});

  const json::value preview = Json({"preview"});
  const json::value run = Json({"run"});

  ASSERT_EQ(preview.as_object().size(), 4u);
  for (const auto& [name, shown] : preview.as_object()) {
    SCOPED_TRACE(std::string(name));
    const json::object& done = CompanyOf(run, name);
    const json::object& plan = shown.at("plan").as_object();
    for (const char* count : {"new", "changed", "unchanged", "reopened", "missing", "withheld"})
      EXPECT_EQ(Number(plan, count), Number(done, count)) << count;
    EXPECT_EQ(Number(plan, "would_expire"), Number(done, "expired"));
    EXPECT_EQ(shown.at("total_count").as_int64(), Number(done, "listed"));
    EXPECT_EQ(shown.at("filtered_count").as_int64(), Number(done, "excluded"));
    EXPECT_EQ(shown.at("urls_count").as_int64(), Number(done, "included"));
  }
  EXPECT_EQ(Number(CompanyOf(run, companies[0].name), "expired"), 50);
  EXPECT_GT(Number(CompanyOf(run, companies[2].name), "missing"), 30);
  EXPECT_GT(Number(CompanyOf(run, companies[3].name), "expired"), 0);
}

TEST_P(MainJob, ShowsAgainWhatAPreviewReadAndChangesNothing) {
  Simulate(1, 20);
  FollowAll();
  const std::string company = sim().Companies()[0].name;

  const json::value first = Json({"preview"});
  const Finished again = Do({"preview", "--kept"});
  const int asked = sim().CountRequests(company).list;
  const Finished afresh = Do({"preview"});

  EXPECT_EQ(first.at(company).at("plan").at("new").as_int64(), 20);
  EXPECT_EQ(asked, 1);
  EXPECT_THAT(again.out, HasSubstr("(kept: read less than a minute ago)"));
  EXPECT_THAT(again.out, HasSubstr("20 new"));
  EXPECT_THAT(afresh.out, testing::Not(HasSubstr("kept")));
  EXPECT_EQ(sim().CountRequests(company).list, 2);
  EXPECT_TRUE(Open().empty());
  EXPECT_TRUE(Json({"runs"}).at("runs").as_array().empty());
}

TEST_P(MainJob, NamesTheRuleOfEachExclusion) {
  Simulate(1, 60);
  FollowAll();
  const std::string company = sim().Companies()[0].name;
  Do({"companies", "filter", company, "--exclude", "intern", "senior*"});

  const json::value preview = Json({"preview"});

  const auto& excluded = preview.at(company).at("excluded_jobs").as_array();
  ASSERT_FALSE(excluded.empty());
  for (const auto& job : excluded)
    EXPECT_THAT(std::string(job.at("rule").as_string()),
                testing::AnyOf("exclude: intern", "exclude: senior*"));
}

TEST_P(MainJob, TellsOfAFilterThatTakesAllAway) {
  Simulate(1, 20);
  FollowAll();
  const std::string company = sim().Companies()[0].name;
  const Finished before = Do({"companies", "filter", company, "--include", "zookeeper"});
  Do({"companies", "filter", company, "--every-title"});
  Do({"run"});
  const std::string sentence = fmt::format(
      "the changed filter takes away all 20 jobs of {}: no include term matches", company);

  const Finished filter = Do({"companies", "filter", company, "--include", "zookeeper"});
  const Finished preview = Do({"preview"});
  const json::value shown = Json({"preview"});
  const Finished run = Do({"run"});
  const Finished next = Do({"run"});

  EXPECT_THAT(before.err, testing::Not(HasSubstr("takes away"))) << "there are no jobs yet";
  EXPECT_EQ(filter.code, 0);
  EXPECT_THAT(filter.err, HasSubstr("Warning: " + sentence));
  EXPECT_EQ(preview.code, 2);
  EXPECT_THAT(preview.out, HasSubstr(sentence));
  EXPECT_EQ(shown.at(company).at("warnings"), json::value{sentence});
  EXPECT_EQ(run.code, 2);
  EXPECT_THAT(run.out, HasSubstr(sentence));
  EXPECT_EQ(next.code, 0) << next.out;
}

TEST_P(MainJob, KeepsEveryLineOfARunInItsLog) {
  Simulate(3, 10);
  FollowAll();

  const Finished run = Do({"run"});
  const Finished logs = Do({"logs", "1"});

  std::vector<std::string> shown, kept;
  const auto lines = [](const std::string& text, std::size_t skip) {
    std::vector<std::string> all;
    std::stringstream stream(text);
    for (std::string line; std::getline(stream, line);) all.push_back(line.substr(skip));
    return all;
  };
  shown = lines(run.err, 0);
  kept = lines(logs.out, ToIso(kTestNow).size() + 1);
  EXPECT_GE(kept.size(), 8u);
  EXPECT_EQ(shown, kept);
  for (const std::string& line : kept)
    EXPECT_THAT(line, testing::StartsWith("[IngestionWorker:run_id=1] "));
}

TEST_P(MainJob, ReadsOnlyTheCompaniesThatAreNamed) {
  Simulate(3, 10);
  FollowAll();
  const std::string company = sim().Companies()[1].name;

  const json::value run = Json({"run", "--company", company});

  EXPECT_EQ(run.at("companies").as_array().size(), 1u);
  EXPECT_EQ(run.at("total_jobs").as_int64(), 10);
}

TEST_P(MainJob, WaitsAsToldInMockAndMarksEverythingReady) {
  Simulate(2, 10);
  FollowAll();
  const auto began = std::chrono::steady_clock::now();

  const json::value run = Json({"run", "--ingestion", "mock", "--mock-wait", "400ms"});

  EXPECT_GE(std::chrono::steady_clock::now() - began, std::chrono::milliseconds(400));
  EXPECT_EQ(run.at("jobs_ready").as_int64(), 20);
  EXPECT_EQ(Json({"jobs", "--status", "ready"}).at("total").as_int64(), 20);
  EXPECT_EQ(sim().CountRequests(sim().Companies()[1].name).detail, 0);
}

TEST_P(MainJob, WritesACsvThatNoSpreadsheetExecutes) {
  Simulate(1, 5);
  FollowAll();
  Do({"run"});

  const Finished csv = Do({"jobs", "--csv"});

  EXPECT_EQ(csv.code, 0);
  EXPECT_THAT(csv.out, testing::StartsWith("id,company,external_id,title,"));
  EXPECT_EQ(std::ranges::count(csv.out, '\n'), 6);
}

TEST_P(MainJob, ExpiresTheJobsOfTheOnlyCompanyOnceItIsRemoved) {
  Simulate(1, 5);
  FollowAll();
  Do({"run"});
  Do({"companies", "remove", sim().Companies()[0].name});

  const json::value run = Json({"run"});
  const Finished again = Do({"run"});

  EXPECT_EQ(run.at("jobs_expired").as_int64(), 5);
  EXPECT_TRUE(Open().empty());
  EXPECT_EQ(again.code, 64);
  EXPECT_THAT(again.err, HasSubstr("no company is enabled"));
}

ROLECALL_ON_BOTH_DATABASES(MainJob);

}  // namespace
}  // namespace rolecall
