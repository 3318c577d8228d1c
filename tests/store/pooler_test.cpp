// PostgreSQL through a real PgBouncer that lends a session for a transaction only.
#include <gmock/gmock.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

#include "db/postgres/postgres_session.h"
#include "sim/sockets.h"
#include "tests/store/board_rig.h"
#include "tests/support/child.h"

namespace rolecall {
namespace {

constexpr const char* kProgram = "/usr/sbin/pgbouncer";

// What the URL says of libpq's `keyword`; "" where it says nothing.
std::string Said(const std::string& url, std::string_view keyword) {
  const std::unique_ptr<PQconninfoOption, CloseWith<PQconninfoFree>> options(
      PQconninfoParse(url.c_str(), nullptr));
  for (const PQconninfoOption* one = options.get(); one->keyword != nullptr; ++one)
    if (one->keyword == keyword && one->val != nullptr) return one->val;
  return "";
}

class ThroughAPooler : public testing::Test {
 protected:
  void SetUp() override {
    if (TestDatabase::LeftOut(Dialect::kPostgres)) GTEST_SKIP() << "PostgreSQL is left out";
    ASSERT_TRUE(std::filesystem::exists(kProgram))
        << kProgram << " is missing: ./dev setup installs it";
    kept_ = std::make_unique<TestDatabase>(Dialect::kPostgres);
    kept_->database();
    StartPooler();
    url_ = fmt::format("postgresql://anybody@127.0.0.1:{}/{}", port_, Said(kept_->url(), "dbname"));
    pooled_ = Needed(OpenDatabase(url_));
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  Database& pooled() { return *pooled_; }
  TestDatabase& kept() { return *kept_; }
  const std::string& url() const { return url_; }

 private:
  void StartPooler() {
    // Another program may have taken the port that was free.
    for (int tries = 0; tries < 10; ++tries) {
      StartPoolerOnce();
      if (pooler_->SaysOnStderr("process up")) return;
    }
    FAIL() << pooler_->Wait().err;
  }

  void StartPoolerOnce() {
    const Listening free = Needed(ListenOnLoopback(0));
    port_ = free.port;
    close(free.socket);
    folder_ = std::filesystem::temp_directory_path() / fmt::format("rolecall_pooler_{}", getpid());
    std::filesystem::create_directories(folder_);
    std::string server;
    for (const char* keyword : {"host", "port", "user", "password"})
      if (const std::string said = Said(kept_->url(), keyword); !said.empty())
        server += fmt::format(" {}='{}'", keyword, said);
    std::ofstream(folder_ / "pooler.ini") << fmt::format(
        "[databases]\n* ={}\n[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {}\n"
        "unix_socket_dir =\nauth_type = any\npool_mode = transaction\n",
        server, port_);
    pooler_ = std::make_unique<Child>(Command(), ProgramEnvironment{});
  }

  // PgBouncer refuses to run as root, and the cluster's socket is its owner's alone.
  std::vector<std::string> Command() const {
    std::vector<std::string> command{"/usr/bin/setpriv", "--pdeathsig", "KILL"};
    struct stat socket_folder{};
    if (geteuid() == 0 && stat(Said(kept_->url(), "host").c_str(), &socket_folder) == 0)
      command.insert(command.end(), {"--reuid", fmt::format("{}", socket_folder.st_uid), "--regid",
                                     fmt::format("{}", socket_folder.st_gid), "--clear-groups"});
    command.insert(command.end(), {kProgram, folder_ / "pooler.ini"});
    return command;
  }

  std::unique_ptr<TestDatabase> kept_;
  std::filesystem::path folder_;
  int port_ = 0;
  std::unique_ptr<Child> pooler_;
  std::string url_;
  std::unique_ptr<Database> pooled_;
};

TEST_F(ThroughAPooler, NobodyListens) {
  EXPECT_EQ(Needed(pooled().Listen({"news"})), nullptr);
  EXPECT_NE(Needed(kept().database().Listen({"news"})), nullptr);
}

TEST_F(ThroughAPooler, WritesGoThroughWhole) {
  Table rows(3);
  auto tx = Needed(pooled().Write());
  const std::int64_t first = Needed(tx->ReserveIds("boards", 2));
  rows.Int(first).Text("greenhouse").Text("one").Int(first + 1).Text("greenhouse").Text("two");
  Needed(tx->InsertMany("boards", "id, kind, token", rows));
  Needed(FindOrAddBoard(tx, "greenhouse", "three"));
  Needed(tx->Notify("news", "three boards"));
  Needed(tx.Commit());

  const auto boards =
      Needed(QueryAll(*Needed(kept().database().Reader()), "SELECT token FROM boards ORDER BY id",
                      {}, [](const Row& row) { return row.String(0); }));
  EXPECT_THAT(boards, testing::ElementsAre("one", "two", "three"));
}

TEST_F(ThroughAPooler, WhatIsAskedAgainIsAnsweredBySessionsThatNeverSawIt) {
  const auto first = Needed(pooled().Reader());
  const auto boards = [](Connection& db) {
    return QueryOne(db, "SELECT count(*) FROM boards WHERE kind = :kind", {{"kind", "greenhouse"}},
                    [](const Row& row) { return row.Int(0); });
  };
  for (int time = 0; time < 5; ++time) Needed(boards(*first));
  // Lent to this transaction is the session that answered so far.
  auto tx = Needed(pooled().Write());
  Needed(FindOrAddBoard(tx, "greenhouse", "one"));

  for (int time = 0; time < 5; ++time) EXPECT_EQ(Needed(boards(*first)), 0);
}

TEST_F(ThroughAPooler, AFailedReservationHoldsUpNobody) {
  auto other = Needed(pooled().Write());
  Needed(other->Run("SET LOCAL lock_timeout = '10s'"));
  {
    auto tx = Needed(pooled().Write());

    const auto refused = tx->ReserveIds("nowhere", 1);

    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().message, testing::HasSubstr("\"nowhere\" does not exist"));
  }

  const auto reserved = other->ReserveIds("boards", 1);

  EXPECT_TRUE(reserved) << reserved.error().message;
}

// Here because the other tests reach their server without a network.
TEST_F(ThroughAPooler, ASilentNetworkIsGivenUpAfterAMinuteUnlessTheUrlSaysOtherwise) {
  const auto session = Needed(PostgresSession::Open(url()));
  const auto own = Needed(PostgresSession::Open(url() + "?keepalives_idle=7"));
  const auto option = [](const PostgresSession& of, int name) {
    int value = 0;
    socklen_t size = sizeof value;
    getsockopt(PQsocket(of.get()), IPPROTO_TCP, name, &value, &size);
    return value;
  };

  EXPECT_EQ(option(session, TCP_KEEPIDLE), 30);
  EXPECT_EQ(option(session, TCP_KEEPINTVL), 10);
  EXPECT_EQ(option(session, TCP_KEEPCNT), 3);
  EXPECT_EQ(option(session, TCP_USER_TIMEOUT), 60'000);
  EXPECT_EQ(option(own, TCP_KEEPIDLE), 7);
}

}  // namespace
}  // namespace rolecall
