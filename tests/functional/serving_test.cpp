// The server as a process: how it begins, what it does by itself, and how it ends. What it answers
// is held against the contract in tests/contract.
#include <gmock/gmock.h>

#include <csignal>
#include <filesystem>
#include <sstream>

#include "store/boards/boards.h"
#include "store/users/companies.h"
#include "tests/support/program.h"
#include "tests/support/raw_client.h"
#include "tests/support/secret.h"

namespace rolecall {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

// "Serving at http://127.0.0.1:PORT".
int PortOf(std::string_view said) {
  const auto colon = said.find(':', said.find("127.0.0.1"));
  return std::stoi(std::string(said.substr(colon + 1, 5)));
}

std::vector<std::string> LinesOf(const std::string& text) {
  std::vector<std::string> lines;
  std::stringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

class Serving : public Rolecall {
 protected:
  void SetUp() override {
    Rolecall::SetUp();
    environment()["SECRET_KEY"] = kSecret;
  }
  std::unique_ptr<Child> Serve(const std::vector<std::string>& more = {}) {
    return ServeAs({ProgramPath()}, more);
  }
  // With that limit of open files, as the shell's ulimit takes it.
  std::unique_ptr<Child> ServeUnder(const std::string& limit,
                                    const std::vector<std::string>& more = {}) {
    return ServeAs({"/bin/sh", "-c", "ulimit " + limit + R"( && exec "$0" "$@")", ProgramPath()},
                   more);
  }

 private:
  std::unique_ptr<Child> ServeAs(std::vector<std::string> command,
                                 const std::vector<std::string>& more) {
    command.insert(command.end(), {"serve", "--port", "0"});
    command.insert(command.end(), more.begin(), more.end());
    auto server = std::make_unique<Child>(command, environment());
    EXPECT_TRUE(server->SaysOnStderr("Serving at ")) << server->said();
    return server;
  }
};

TEST_P(Serving, StartsRunsByItselfAndHandsItsLeasesBackWhenToldToEnd) {
  Simulate(2, 10);
  FollowAll();
  const auto server = Serve({"--every", "1s", "--workers", "2"});

  // Its third run: two intervals have passed.
  while (Json({"runs"}).at("runs").as_array().size() < 3)
    ASSERT_TRUE(server->ReadFor(std::chrono::milliseconds(100))) << server->said();
  server->Signal(SIGTERM);
  const Finished ended = server->Wait();

  EXPECT_EQ(ended.code, 0) << ended.err;
  EXPECT_THAT(ended.out, HasSubstr("[IngestionWorker:run_id=1] RUN finished: 20 jobs (20 new"));
  EXPECT_THAT(ended.out, HasSubstr("[IngestionWorker:run_id=2] RUN finished: 20 jobs (0 new"));
  const auto first = Json({"runs", "1"});
  EXPECT_EQ(first.at("trigger").as_string(), "schedule");
  EXPECT_EQ(first.at("status").as_string(), "finished");
}

TEST_P(Serving, OneUsersTroubleKeepsNobodyElsesRunsFromStarting) {
  Simulate(1, 3);
  {
    auto tx = test_database().database().Write();
    ASSERT_TRUE(tx);
    ASSERT_TRUE(
        (*tx)->Run("INSERT INTO user_company_settings (user_id, company_name, title_filters, "
                   "is_enabled, updated_at) VALUES (1, 'of nobody', 'no filters', TRUE, :now)",
                   {{"now", SystemNow()}}));
    ASSERT_TRUE((*tx)->Run(
        "INSERT INTO users (user_id, email, name, created_at) VALUES (2, 'b@x', 'b', :now)",
        {{"now", SystemNow()}}));
    ASSERT_TRUE(tx->Commit());
  }
  FollowAllIn(test_database().database(), 2);
  const auto server = Serve({"--every", "1h", "--workers", "1"});

  const auto runs = [&] { return Json({"--user", "b@x", "runs"}).at("runs").as_array(); };
  while (runs().empty() || runs().front().at("status").as_string() != "finished")
    ASSERT_TRUE(server->ReadFor(std::chrono::milliseconds(100))) << server->said();
  server->Signal(SIGTERM);
  const Finished ended = server->Wait();

  EXPECT_EQ(ended.code, 0);
  EXPECT_THAT(ended.err, HasSubstr("no run of user 1 can be started"));
}

TEST_P(Serving, GoesOnWhereNobodyReadsItsStderr) {
  const auto server = Serve();
  const int port = PortOf(server->said());

  // Far more than a pipe holds.
  for (int connection = 0; connection < 4; ++connection) {
    RawClient client(port);
    for (int request = 0; request < 500; ++request) {
      ASSERT_TRUE(client.Ask("/health"));
      ASSERT_EQ(client.Read().status, 200) << connection << " " << request;
    }
  }

  server->Signal(SIGTERM);
  EXPECT_EQ(server->Wait().code, 0);
}

TEST_P(Serving, PrintsAnAddressToSignInWithUntilSomebodyHasAnAccount) {
  const auto open = Serve();
  EXPECT_TRUE(open->SaysOnStderr("/#once=")) << open->said();
  open->Signal(SIGTERM);
  open->Wait();
  ASSERT_EQ(Child({"/bin/sh", "-c",
                   "echo 'correct horse' | " + ProgramPath() + " user add ann@example.org"},
                  environment())
                .Wait()
                .code,
            0);

  const auto closed = Serve();
  closed->Signal(SIGTERM);
  const Finished ended = closed->Wait();

  EXPECT_EQ(ended.code, 0);
  EXPECT_THAT(ended.err, testing::Not(HasSubstr("#once=")));
}

TEST_P(Serving, RefusesWhatItCannotServe) {
  const auto server = Serve();
  const std::string port = std::to_string(PortOf(server->said()));

  const Finished taken = Do({"serve", "--port", port});
  const Finished nowhere = Do({"serve", "--port", "0", "--host", "no such host"});
  const Finished never = Do({"serve", "--port", "0", "--every", "never"});
  const Finished bare = Do({"serve", "--port", "0", "--every", "6"});
  environment().erase("ROLECALL_GATEWAY");
  const Finished often = Do({"serve", "--port", "0", "--every", "299s"});
  const Finished too_many = Do({"serve", "--workers", "65"});
  environment()["SECRET_KEY"] = "short";
  const Finished weak = Do({"serve", "--port", "0"});

  EXPECT_EQ(taken.code, 69) << taken.err;
  EXPECT_THAT(taken.err, HasSubstr(port));
  EXPECT_EQ(nowhere.code, 64) << nowhere.err;
  EXPECT_THAT(nowhere.err, HasSubstr("no such host"));
  EXPECT_EQ(never.code, 64);
  EXPECT_THAT(never.err, HasSubstr("--every must be a time"));
  EXPECT_EQ(bare.code, 64);
  EXPECT_THAT(bare.err, HasSubstr("--every wants a unit, such as 6h or 6m"));
  EXPECT_EQ(often.code, 64);
  EXPECT_THAT(often.err, HasSubstr("--every must be at least 5 min"));
  EXPECT_EQ(too_many.code, 64);
  EXPECT_EQ(weak.code, 64);
  EXPECT_THAT(weak.err, HasSubstr("SECRET_KEY must have at least 16 characters"));
  server->Signal(SIGTERM);
  EXPECT_EQ(server->Wait().code, 0);
}

TEST_P(Serving, DemonstratesInADatabaseThatNobodyUsesAndAgainInTheSame) {
  for (int round = 0; round < 2; ++round) {
    const auto server = Serve({"--demo", "--workers", "0"});
    server->Signal(SIGTERM);

    EXPECT_EQ(server->Wait().code, 0) << server->said();
    EXPECT_EQ(Json({"companies", "list"}).as_array().size(), 12);
  }
}

TEST_P(Serving, RefusesToDemonstrateInADatabaseWhereAnybodyFollowsAnotherCompany) {
  {
    auto tx = test_database().database().Write();
    ASSERT_TRUE(tx);
    ASSERT_TRUE((*tx)->Run(
        "INSERT INTO users (user_id, email, name, created_at) VALUES (2, 'b@x', 'b', :now)",
        {{"now", SystemNow()}}));
    const auto board = FindOrAddBoard(*tx, "greenhouse", "airbnb");
    ASSERT_TRUE(board);
    ASSERT_TRUE(Follow(*tx, {2, "airbnb"}, *board, SystemNow()));
    ASSERT_TRUE(tx->Commit());
  }

  const auto server = Start({"serve", "--port", "0", "--demo"});
  ASSERT_FALSE(server->SaysOnStderr("Serving at ")) << server->said();
  const Finished refused = server->Wait();

  EXPECT_EQ(refused.code, 64);
  EXPECT_THAT(refused.err, HasSubstr("airbnb"));
  EXPECT_THAT(refused.err, HasSubstr("DATABASE_URL"));
  EXPECT_EQ(Json({"companies", "list"}).as_array().size(), 0);
  EXPECT_EQ(Json({"--user", "b@x", "companies", "list"}).as_array().size(), 1);
}

TEST_P(Serving, BeginsItsLinesAsItsInterfaceDoesOnATestDatabase) {
  Simulate(1, 3);
  FollowAll();
  environment()["TEST_DATABASE_URL"] = environment()["DATABASE_URL"];

  const auto server = Serve({"--every", "1h", "--workers", "1"});
  EXPECT_TRUE(server->SaysOnStdout("RUN finished")) << server->said();
  server->Signal(SIGTERM);

  EXPECT_THAT(LinesOf(server->Wait().out),
              testing::Each(StartsWith("[TEST][IngestionWorker:run_id=1] ")));
}

TEST_P(Serving, StartsNobodysRunsWhereItsPortIsTaken) {
  Simulate(1, 3);
  FollowAll();
  const auto server = Serve({"--workers", "0"});
  const std::string port = std::to_string(PortOf(server->said()));

  const Finished taken = Do({"serve", "--port", port, "--every", "1h", "--workers", "2"});
  const Finished unwritten =
      Do({"serve", "--port", "0", "--every", "1h", "--port-file", "/dev/null/port"});

  EXPECT_EQ(taken.code, 69) << taken.err;
  EXPECT_EQ(unwritten.code, 64) << unwritten.err;
  EXPECT_EQ(Json({"runs"}).at("runs").as_array().size(), 0U);
  server->Signal(SIGTERM);
  EXPECT_EQ(server->Wait().code, 0);
}

TEST_P(Serving, JudgesTheAddressThatItListensAtAndNotItsName) {
  const auto local = Serve({"--host", "localhost"});
  const auto everywhere = Serve({"--host", "0.0.0.0"});
  local->Signal(SIGTERM);
  everywhere->Signal(SIGTERM);
  const Finished nowhere = Do({"serve", "--port", "0", "--host", ""});

  EXPECT_THAT(local->Wait().err, AllOf(HasSubstr("Serving at http://localhost:"),
                                       HasSubstr("Sign in with http://localhost:")));
  EXPECT_THAT(everywhere->Wait().err, testing::Not(HasSubstr("Sign in with")));
  EXPECT_EQ(nowhere.code, 64);
  EXPECT_THAT(nowhere.err, HasSubstr("an empty host"));
}

TEST_P(Serving, RaisesTheSoftLimitOfItsOpenFiles) {
  const auto server = ServeUnder("-Sn 100");
  const int port = PortOf(server->said());

  std::vector<std::unique_ptr<RawClient>> clients;
  for (int client = 0; client < 200; ++client) {
    clients.push_back(std::make_unique<RawClient>(port));
    ASSERT_TRUE(clients.back()->Ask("/health"));
    ASSERT_EQ(clients.back()->Read().status, 200) << client;
  }

  server->Signal(SIGTERM);
  EXPECT_EQ(server->Wait().code, 0);
}

TEST_P(Serving, KeepsOpenFilesForItsWorkHoweverManyConnect) {
  Simulate(1, 3);
  FollowAll();
  const auto server = ServeUnder("-n 200", {"--every", "1s", "--workers", "2"});
  const int port = PortOf(server->said());
  std::vector<std::unique_ptr<RawClient>> idle;
  for (int client = 0; client < 250; ++client) idle.push_back(std::make_unique<RawClient>(port));
  EXPECT_EQ(idle.back()->Read().status, 503);

  const auto runs = [&] { return Json({"runs"}).at("runs").as_array().size(); };
  const std::size_t before = runs();
  while (runs() < before + 3)
    ASSERT_TRUE(server->ReadFor(std::chrono::milliseconds(100))) << server->said();

  server->Signal(SIGTERM);
  EXPECT_EQ(server->Wait().code, 0);
}

class ServingSqlite : public Serving {};

TEST_P(ServingSqlite, ShowsADemonstrationThatTouchesNobodysCompanies) {
  environment().erase("DATABASE_URL");
  const auto home = test_database().folder() / "home";
  environment()["XDG_DATA_HOME"] = home.string();
  const auto server = Serve({"--demo", "--every", "1s"});

  environment()["DATABASE_URL"] = "sqlite:" + (home / "rolecall" / "demo.db").string();
  while (Json({"jobs"}).at("total").as_int64() == 0)
    ASSERT_TRUE(server->ReadFor(std::chrono::milliseconds(100))) << server->said();
  server->Signal(SIGTERM);

  EXPECT_EQ(server->Wait().code, 0);
  EXPECT_EQ(Json({"companies", "list"}).as_array().size(), 12);
  EXPECT_FALSE(std::filesystem::exists(home / "rolecall" / "rolecall.db"));
}

ROLECALL_ON_BOTH_DATABASES(Serving);
INSTANTIATE_TEST_SUITE_P(Default, ServingSqlite, testing::Values(Dialect::kSqlite), DialectName);

}  // namespace
}  // namespace rolecall
