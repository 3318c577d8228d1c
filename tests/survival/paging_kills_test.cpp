// A worker that is killed in the midst of a reading, once for each way in which boards are read:
// the run that takes it up ends as if undisturbed, with the jobs that the site has.
#include <csignal>
#include <filesystem>
#include <fstream>

#include "store/runs/runs.h"
#include "tests/support/registry.h"
#include "tests/survival/survival.h"

namespace rolecall {
namespace {

using std::chrono::milliseconds;

// No built-in kind names its next page.
constexpr std::string_view kTokened = R"(kind = "tokened"
version = 1
pacing_key = "api.tokened.test"
token = '[a-z0-9-]+'
token_shape = "a name"
[list]
url = "https://api.tokened.test/{token}/jobs?after={next}"
paging = "token"
size = 20
next = "/next"
jobs = "/jobs"
[fields]
id = "/id"
title = "/title"
url = "/url"
location = "/place"
content = "/html"
)";

struct Midst {
  std::string kind;
  int jobs = 230;
  milliseconds delay{30};
  int list = 2, detail = 0;         // so many requests of the reading were answered
  std::string_view fault = "none";  // that holds the reading up from its begin on
};

class KilledWhileReading : public Survival {
 protected:
  static constexpr int kMostTries = 10;

  void SetUp() override {
    Survival::SetUp();
    environment()["ROLECALL_INGESTION"] = "mock";
    environment()["ROLECALL_MOCK_WAIT"] = "0ms";
    environment()["ROLECALL_HOST_PAUSE"] = "0ms";
  }

  // Kills the second run of one company there; another run takes it up.
  void EndsAsIfUndisturbed(const Midst& midst) {
    Simulate({.companies = 1,
              .jobs = midst.jobs,
              .seed = 31,
              .churn = 0.1,
              .delay = midst.delay,
              .kinds = {midst.kind}},
             kinds_);
    company_ = sim().Companies()[0].name;
    FollowAllIn(database(), kUser);
    ASSERT_EQ(Do({"run"}).code, 0);
    sim().Next();
    TestDatabase undisturbed(test_database());
    UseDatabase(undisturbed);
    const int code = Do({"run"}).code;
    const std::vector<std::string> wanted = Left(undisturbed.database(), 2);

    for (int tries = 1; !HasFailure(); ++tries) {
      ASSERT_LE(tries, kMostTries) << "no kill landed in the midst of a reading";
      TestDatabase killed(test_database());
      UseDatabase(killed);
      if (!KillIn(midst, killed.database())) continue;
      const Finished again = Do({"run"});
      EXPECT_EQ(again.code, code) << again.err;
      EXPECT_NE(again.err.find("run 2 was left by its worker"), std::string::npos) << again.err;
      ExpectTheSame(Left(killed.database(), 2), wanted);
      ExpectWhole(killed.database(), 2);
      ExpectTheTruth(killed.database());
      return;
    }
  }

  std::shared_ptr<const BoardRegistry> kinds_ = BuiltInRegistry();  // that are pretended

 private:
  // Whether the kill left the second run without a reading.
  bool KillIn(const Midst& midst, Database& database) {
    const auto before = sim().CountRequests(company_);
    EXPECT_TRUE(sim().SetFault(company_, midst.fault));
    const auto run = Start({"run"});
    const auto was_reached = [&] {
      const auto now = sim().CountRequests(company_);
      return now.list - before.list >= midst.list && now.detail - before.detail >= midst.detail;
    };
    while (!was_reached())
      if (!run->ReadFor(milliseconds(2))) break;
    run->Signal(SIGKILL);
    run->Wait();
    EXPECT_TRUE(sim().SetFault(company_, "none"));
    return NumberOf(database,
                    "SELECT count(*) FROM run_companies WHERE run_id = 2 AND stage = "
                    "'reading'") == 1 &&
           NumberOf(database, "SELECT count(*) FROM readings WHERE run_id = 2") == 0;
  }

  // What the database shows is what the site lists.
  void ExpectTheTruth(Database& database) {
    const int listed = sim().Companies()[0].jobs;
    EXPECT_EQ(NumberOf(database,
                       "SELECT count(*) FROM board_jobs WHERE expired_at IS NULL AND "
                       "missing_reading IS NULL AND withheld_at IS NULL"),
              listed);
    EXPECT_EQ(NumberOf(database, "SELECT count(DISTINCT external_id) - count(*) FROM board_jobs"),
              0)
        << "a job stands twice";
    const auto run = LoadRun(**database.Reader(), kUser, 2);
    ASSERT_TRUE(run);
    EXPECT_EQ(run->status, RunStatus::kFinished);
    EXPECT_EQ(run->totals.included, listed);
    const int came = static_cast<int>(run->totals.new_jobs);
    EXPECT_GT(came, 0);
    EXPECT_EQ(run->totals.missing + run->totals.expired, came) << "as many went as came";
  }

  std::string company_;
};

TEST_P(KilledWhileReading, OneAnswer) {
  EndsAsIfUndisturbed({.kind = "ashby", .list = 1, .fault = "trickle"});
}

TEST_P(KilledWhileReading, PagesToAShortOne) { EndsAsIfUndisturbed({.kind = "lever"}); }

TEST_P(KilledWhileReading, PagesByRows) { EndsAsIfUndisturbed({.kind = "successfactors_tiles"}); }

TEST_P(KilledWhileReading, PagesByOffsetToTheTotal) {
  EndsAsIfUndisturbed({.kind = "smartrecruiters"});
}

TEST_P(KilledWhileReading, PagesByNumberToTheTotal) { EndsAsIfUndisturbed({.kind = "google"}); }

TEST_P(KilledWhileReading, PagesToTheirStatedNumber) {
  EndsAsIfUndisturbed({.kind = "join", .jobs = 60});
}

TEST_P(KilledWhileReading, PagesOfASessionThatStateWhichTheyAre) {
  EndsAsIfUndisturbed({.kind = "icims"});
}

TEST_P(KilledWhileReading, PagesOfEachLocale) {
  EndsAsIfUndisturbed({.kind = "successfactors_search"});
}

TEST_P(KilledWhileReading, PagesThatNameTheNext) {
  kinds_ = RegistryWith(kTokened);
  const auto folder = test_database().folder() / "definitions";
  std::filesystem::create_directory(folder);
  std::ofstream(folder / "tokened.toml") << kTokened;
  environment()["ROLECALL_DEFINITIONS"] = folder.string();

  EndsAsIfUndisturbed({.kind = "tokened"});
}

TEST_P(KilledWhileReading, PagesThatASitemapNames) {
  EndsAsIfUndisturbed({.kind = "jsonld", .jobs = 60, .delay = milliseconds(5), .detail = 20});
}

// A page of the whole tells its facets; then each part of one is read, by about a hundred pages.
TEST_P(KilledWhileReading, PartsByAFacet) {
  EndsAsIfUndisturbed({.kind = "workday", .jobs = 2'100, .delay = milliseconds(1), .list = 60});
}

INSTANTIATE_TEST_SUITE_P(Ordinary, KilledWhileReading, testing::Values(Dialect::kSqlite),
                         DialectName);

}  // namespace
}  // namespace rolecall
