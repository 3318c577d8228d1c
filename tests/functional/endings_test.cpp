// How a command ends: its exit code, its sentence, and what stays untouched.
#include <gmock/gmock.h>
#include <sys/stat.h>

#include <csignal>
#include <filesystem>
#include <fstream>

#include "sim/sim_server.h"
#include "tests/support/program.h"

namespace rolecall {
namespace {

namespace json = boost::json;
using testing::HasSubstr;
using testing::Not;

class Endings : public Rolecall {};

TEST_P(Endings, AreTwoWithWarningsAndTheReason) {
  Simulate(2, 30);
  FollowAll();
  Do({"run"});
  const auto companies = sim().Companies();
  ASSERT_TRUE(sim().SetFault(companies[0].name, "html"));

  const Finished run = Do({"run"});

  EXPECT_EQ(run.code, 2);
  EXPECT_THAT(run.out, HasSubstr(companies[0].name + ": greenhouse"));
  EXPECT_THAT(run.out, HasSubstr("<!doctype html>"));
  EXPECT_EQ(Json({"jobs"}).at("total").as_int64(), 60);
}

TEST_P(Endings, AreOneWhereEveryCompanyFailed) {
  Simulate(1, 30);
  FollowAll();
  ASSERT_TRUE(sim().SetFault(sim().Companies()[0].name, "http_403"));

  const Finished run = Do({"run"});

  EXPECT_EQ(run.code, 1);
  EXPECT_THAT(run.out, HasSubstr("HTTP 403"));
}

TEST_P(Endings, AreSeventyFiveWhileARunIsActive) {
  Simulate(1, 10);
  FollowAll();
  const auto first = Start({"run", "--ingestion", "mock", "--mock-wait", "10m"});
  ASSERT_TRUE(first->SaysOnStderr("MOCK: waiting"));

  const Finished second = Do({"run"});
  first->Signal(SIGINT);
  const Finished ended = first->Wait();

  EXPECT_EQ(second.code, 75);
  EXPECT_THAT(second.err, HasSubstr("run 1 of this user is active already"));
  EXPECT_EQ(ended.code, 130);
}

TEST_P(Endings, OfAnInterruptedRunKeepItsCountsAndTheJobs) {
  Simulate(4, 40);
  FollowAll();
  Do({"run"});
  ASSERT_TRUE(sim().SetFault(sim().Companies()[1].name, "timeout"));
  const auto run = Start({"run", "--json"});
  ASSERT_TRUE(run->SaysOnStderr("UPSERT"));

  const auto asked = std::chrono::steady_clock::now();
  run->Signal(SIGINT);
  const Finished ended = run->Wait();
  const auto took = std::chrono::steady_clock::now() - asked;

  EXPECT_EQ(ended.code, 130);
  EXPECT_LT(took, std::chrono::seconds(50)) << "a fetch has a minute";
  const json::value shown = json::parse(ended.out);
  EXPECT_EQ(shown.at("status").as_string(), "aborted");
  EXPECT_FALSE(shown.at("finished_at").is_null());
  EXPECT_EQ(Number(CompanyOf(shown, sim().Companies()[1].name), "not_reconciled"), 40);
  EXPECT_EQ(Json({"jobs"}).at("total").as_int64(), 160);
}

TEST_P(Endings, AreOneForADatabaseOfANewerVersion) {
  {
    auto tx = test_database().database().Write();
    ASSERT_TRUE((*tx)->Run("INSERT INTO schema_migrations VALUES (99, 'later', :at, 98)",
                           {{"at", kTestNow}}));
    ASSERT_TRUE(tx->Commit());
  }

  for (const char* command : {"run", "jobs", "migrate"}) {
    const Finished refused = Do({command});
    EXPECT_EQ(refused.code, 1) << command;
    EXPECT_THAT(refused.err, HasSubstr("newer rolecall")) << command;
  }
}

TEST_P(Endings, OfBadBytesAreAWarningOnceAndNothingIsLost) {
  Simulate(2, 20);
  FollowAll();
  for (const auto& company : sim().Companies())
    ASSERT_TRUE(sim().SetFault(company.name, "bad_bytes"));

  const Finished run = Do({"run"});

  EXPECT_EQ(run.code, 2);
  EXPECT_THAT(run.out, HasSubstr("characters that could not be read are shown as U+FFFD in job "));
  const json::value jobs = Json({"jobs"});
  EXPECT_EQ(jobs.at("total").as_int64(), 40);
  int mended = 0;
  for (const auto& job : jobs.at("jobs").as_array())
    if (std::string(job.at("title").as_string()).find("\xEF\xBF\xBD") != std::string::npos)
      ++mended;
  EXPECT_EQ(mended, 2);

  const Finished again = Do({"run"});

  EXPECT_EQ(again.code, 0) << again.err;
  EXPECT_THAT(again.out, Not(HasSubstr("U+FFFD")));
}

TEST_P(Endings, OfARedirectToTheMetadataAddressAreOneAndSayIt) {
  const auto server = SimServer::Listen(0, {}, [](const SimRequest&) {
    return SimAnswer{.status = 302,
                     .headers = {{"Location", "http://169.254.169.254/latest/meta-data"}}};
  });
  ASSERT_TRUE(server);
  environment()["ROLECALL_GATEWAY"] = fmt::format("http://127.0.0.1:{}", (*server)->port());
  Do({"companies", "add", "acme", "--board", "greenhouse", "--token", "acme"});

  const Finished run = Do({"run"});

  EXPECT_EQ(run.code, 1);
  EXPECT_THAT(run.out, HasSubstr("refused to fetch http://169.254.169.254/latest/meta-data: a "
                                 "link-local address"));
}

struct Refusal {
  std::vector<std::string> arguments;
  int code;
  std::string sentence;
};

TEST_P(Endings, AreOneSentenceForEachBadRequest) {
  Do({"companies", "add", "acme", "--board", "greenhouse", "--token", "acme"});
  const std::vector<Refusal> refusals{
      {{"companies", "add", "b", "--board", "greenhose", "--token", "b"},
       64,
       "Did you mean greenhouse?"},
      {{"companies", "add", "b", "--board", "greenhouse", "--token", "a/../b"},
       64,
       "the token \"a/../b\" cannot be one of greenhouse"},
      {{"companies", "add", "株式会社", "--board", "greenhouse", "--token", "b"},
       64,
       "write its name in Latin letters"},
      {{"companies", "add", "b", "--board", "greenhouse", "--token", "acme"},
       1,
       "greenhouse acme is followed as acme already"},
      {{"companies", "enable", "acne"}, 1, "Did you mean acme?"},
      {{"companies", "filter", "acme", "--include", "/(/"}, 64, "is no regular expression"},
      {{"companies", "filter", "acme", "--include", "CTO, COO"}, 64, "give each word by itself"},
      {{"companies", "filter", "acme", "--exclude", "/intern/i"}, 64, "write /intern/, as case"},
      {{"run", "--company", "acne"}, 1, "Did you mean acme?"},
      {{"run", "--ingestion", "mok"}, 64, "Did you mean mock?"},
      {{"run", "--mock-wait", "soon"}, 64, "--mock-wait must be a time"},
      {{"jobs", "--status", "redy"}, 64, "Did you mean ready?"},
      {{"jobs", "--since", "yesterday"}, 64, "--since must be a time"},
      {{"jobs", "--company", "acne"}, 1, "Did you mean acme?"},
      {{"logs", "77"}, 1, "there is no run 77"},
      {{"logs", "x"}, 64, "RUN: must be a whole number from 1 on, and is \"x\""},
      {{"abort", "99999999999999999999"}, 64, "must be a whole number from 1 on"},
      {{"abort", "0"}, 64, "must be a whole number from 1 on"},
      {{"runs", "010"}, 64, "must be a whole number from 1 on, and is \"010\""},
      {{"runs", "--before", "0x10"}, 64, "must be a whole number from 1 on"},
      {{"run", "--retry-failed", "1", "--company", "acme"}, 64, "excludes"},
      {{"withheld", "1", "--keep", ""}, 64, "must not be empty"},
      {{"rnu"}, 64, "Did you mean run?"},
      {{"run", "--jsn"}, 64, "Did you mean --json?"},
      {{"--user", "nobody@example.com", "jobs"}, 1, "no user has the address nobody@example.com"},
      {{"simulate", "--companies", "0"}, 64, "companies must be from 1"},
      {{"--database", "mysql://root:secret@host/db", "jobs"}, 64, "DATABASE_URL must begin with"},
      {{"--database", "postgresql://nobody@/none?host=/nonexistent", "jobs"},
       69,
       "cannot be reached"},
  };

  for (const Refusal& refusal : refusals) {
    const Finished refused = Do(refusal.arguments);
    SCOPED_TRACE(testing::PrintToString(refusal.arguments));
    EXPECT_EQ(refused.code, refusal.code);
    EXPECT_THAT(refused.err, HasSubstr(refusal.sentence));
    EXPECT_THAT(refused.err, testing::StartsWith("rolecall: "));
    EXPECT_THAT(refused.err, testing::Not(HasSubstr("secret")));
    EXPECT_EQ(refused.out, "");
  }
}

TEST_P(Endings, OfAGatewayThatIsNoneAreOneSentenceWhereItWouldBeUsed) {
  environment()["ROLECALL_GATEWAY"] = "nonsense";
  for (const std::vector<std::string>& command : {std::vector<std::string>{"run"},
                                                  {"preview"},
                                                  {"work"},
                                                  {"serve"},
                                                  {"withheld", "1", "--expire", "a"}}) {
    const Finished refused = Do(command);
    EXPECT_EQ(refused.code, 64) << command[0];
    EXPECT_THAT(refused.err,
                HasSubstr("must be a URL such as http://127.0.0.1:9001, and is \"nonsense\""));
  }
  EXPECT_EQ(Do({"jobs"}).code, 0);
}

TEST_P(Endings, OfHelpAreZeroWithAnExample) {
  for (const std::vector<std::string>& command : {std::vector<std::string>{},
                                                  {"run"},
                                                  {"preview"},
                                                  {"companies"},
                                                  {"companies", "add"},
                                                  {"companies", "filter"},
                                                  {"jobs"},
                                                  {"runs"},
                                                  {"logs"},
                                                  {"simulate"},
                                                  {"migrate"},
                                                  {"version"}}) {
    std::vector<std::string> with = command;
    with.emplace_back("--help");
    const Finished help = Do(with);
    EXPECT_EQ(help.code, 0);
    EXPECT_THAT(help.out, HasSubstr("Example:\n  rolecall"));
  }
}

TEST_P(Endings, OfBareGroupsAreTheirLists) {
  Do({"companies", "add", "acme", "--board", "greenhouse", "--token", "acme"});

  EXPECT_EQ(Do({"companies"}).out, Do({"companies", "list"}).out);
  EXPECT_THAT(Do({"companies"}).out, HasSubstr("acme"));
  EXPECT_THAT(Do({"user"}).out, HasSubstr("local"));
  EXPECT_EQ(Do({"--version"}).out, Do({"version"}).out);
  EXPECT_EQ(Do({"help", "companies", "add"}).out, Do({"companies", "add", "--help"}).out);
  const Finished unknown = Do({"help", "compnies"});
  EXPECT_EQ(unknown.code, 64);
  EXPECT_THAT(unknown.err, HasSubstr("Did you mean companies?"));
}

TEST_P(Endings, OfSettingsThatAreNoneNameTheNearest) {
  environment()["ROLECALL_GATWAY"] = "http://127.0.0.1:1";
  const Finished misspelt = Do({"jobs"});
  environment().erase("ROLECALL_GATWAY");
  environment()["ROLECALL_GATEWAY"] = "127.0.0.1";
  const Finished malformed = Do({"run"});

  EXPECT_EQ(misspelt.code, 64);
  EXPECT_THAT(misspelt.err, HasSubstr("Did you mean ROLECALL_GATEWAY?"));
  EXPECT_EQ(malformed.code, 64);
  EXPECT_THAT(malformed.err, HasSubstr("must be a URL such as"));
}

TEST_P(Endings, OfABadDefinitionNameFileAndKey) {
  const auto folder =
      std::filesystem::temp_directory_path() / fmt::format("definitions_{}", getpid());
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "mine.toml") << "kind = \"mine\"\npacing_key = \"mine.test\"\n"
                                         "token = '[a-z]+'\ntoken_shape = \"a name\"\n[list]\n"
                                         "url = \"https://mine.test/{token}\"\njobs = \"jobs\"\n";
  environment()["ROLECALL_DEFINITIONS"] = folder.string();

  const Finished refused = Do({"companies", "list"});
  std::filesystem::remove_all(folder);

  EXPECT_EQ(refused.code, 64);
  EXPECT_THAT(refused.err, HasSubstr("mine.toml: list.jobs: \"jobs\" is no JSON pointer"));
}

ROLECALL_ON_BOTH_DATABASES(Endings);

// Root may write anywhere, so the program runs as nobody here, and on a disk of its own.
class SqliteFiles : public Rolecall {
 protected:
  void SetUp() override {
    if (geteuid() != 0) GTEST_SKIP() << "only root can become another user and mount a disk";
    Rolecall::SetUp();
  }
  // Through a shell, in a mount namespace of its own that is gone with it.
  Finished Shell(const std::string& script) {
    return Child({"/usr/bin/unshare", "--mount", "/bin/bash", "-c", script}, environment()).Wait();
  }
};

TEST_P(SqliteFiles, ThatAreReadOnlyAreRefusedWithASentence) {
  const std::string file = (test_database().folder() / "test.db").string();
  Do({"companies", "add", "acme", "--board", "greenhouse", "--token", "acme"});
  std::filesystem::permissions(test_database().folder(), std::filesystem::perms(0555));
  std::filesystem::permissions(file, std::filesystem::perms(0444));

  const Finished refused = Shell(fmt::format(
      "exec setpriv --reuid nobody --regid nogroup --clear-groups {} companies disable acme",
      ProgramPath()));

  EXPECT_EQ(refused.code, 1) << refused.err;
  EXPECT_THAT(refused.err, HasSubstr("read-only"));
  EXPECT_THAT(Do({"companies", "list"}).out, HasSubstr("yes"));
}

TEST_P(SqliteFiles, OnAFullDiskEndTheRunWithASentenceAndKeepWhatWasThere) {
  Simulate(2, 400);
  const std::string disk = (test_database().folder() / "disk").string();
  std::filesystem::create_directories(disk);
  const auto companies = sim().Companies();
  const std::string add = ProgramPath() + " companies add ";
  environment()["DATABASE_URL"] = "sqlite:" + disk + "/small.db";

  const Finished done = Shell(fmt::format(
      "set -e; mount -t tmpfs -o size=1280k none {0}\n"
      "{1} {2} --board {3} --token {4}; {1} {5} --board {6} --token {7}\n"
      "set +e; ROLECALL_STORE_PATIENCE=1s {8} run; echo code=$?\n"
      "mount -o remount,size=64m {0}\n"
      "{8} companies list; {8} runs; {8} run >/dev/null; echo again=$?; {8} jobs --json\n",
      disk, add, companies[0].name, companies[0].board, companies[0].token, companies[1].name,
      companies[1].board, companies[1].token, ProgramPath()));

  EXPECT_THAT(done.out, HasSubstr("code=69\n")) << done.err;
  EXPECT_THAT(done.err, HasSubstr("the disk is full"));
  EXPECT_THAT(done.out, HasSubstr(companies[1].name));
  EXPECT_THAT(done.out, HasSubstr("again=")) << done.err;
}

TEST_P(SqliteFiles, OnADiskThatFillsHaveTheRunWaitAndGoOnOnceThereIsRoom) {
  Simulate(2, 400);
  const std::string disk = (test_database().folder() / "disk").string();
  std::filesystem::create_directories(disk);
  const auto companies = sim().Companies();
  const std::string add = ProgramPath() + " companies add ";
  environment()["DATABASE_URL"] = "sqlite:" + disk + "/small.db";

  const Finished done = Shell(fmt::format(
      "set -e; mount -t tmpfs -o size=1280k none {0}\n"
      "{1} {2} --board {3} --token {4}; {1} {5} --board {6} --token {7}\n"
      "set +e; mkfifo {0}.said; {8} run >/dev/null 2>{0}.said & run=$!\n"
      "(grep -m1 'disk is full' && mount -o remount,size=64m {0} && cat >/dev/null) <{0}.said\n"
      "wait $run; echo code=$?\n"
      "{8} logs 1; {8} jobs --json\n",
      disk, add, companies[0].name, companies[0].board, companies[0].token, companies[1].name,
      companies[1].board, companies[1].token, ProgramPath()));

  EXPECT_THAT(done.out, HasSubstr("code=0\n")) << done.err;
  EXPECT_THAT(done.out, HasSubstr("waiting for the database: "));
  EXPECT_THAT(done.out, HasSubstr("the database answers again, after "));
  EXPECT_THAT(done.out, HasSubstr("RUN finished: 800 jobs"));
  EXPECT_THAT(done.out, HasSubstr("\"total\":800"));
}

INSTANTIATE_TEST_SUITE_P(Files, SqliteFiles, testing::Values(Dialect::kSqlite), DialectName);

}  // namespace
}  // namespace rolecall
