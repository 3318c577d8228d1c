// PostgreSQL stopped and started while workers are at a run.
#include <csignal>
#include <cstdlib>

#include "tests/survival/survival.h"

namespace rolecall {
namespace {

using std::chrono::milliseconds;

// PostgreSQL in a cluster of its own, which the test may stop.
class Restarted : public Survival {
 protected:
  void SetUp() override {
    if (TestDatabase::LeftOut(GetParam())) GTEST_SKIP() << "PostgreSQL is left out";
    shared_ = std::getenv(kCluster);
    cluster_ = std::make_unique<Child>(
        std::vector<std::string>{
            std::string(ROLECALL_SOURCE_DIR) + "/tools/with_postgres", "/bin/sh", "-c",
            fmt::format("echo \"url=${{{}}}=\" >&2; exec sleep 7200", kCluster)},
        ProgramEnvironment{{"PATH", "/usr/bin:/bin:/usr/sbin:/sbin"}});
    ASSERT_TRUE(cluster_->SaysOnStderr("=\n"));
    const std::string& said = cluster_->said();
    url_ = said.substr(4, said.size() - 6);
    setenv(kCluster, url_.c_str(), 1);
    Survival::SetUp();
  }
  void TearDown() override {
    if (!cluster_) return;
    Forget();
    setenv(kCluster, shared_.c_str(), 1);
    cluster_->Signal(SIGTERM);
    cluster_->Wait();
  }

  void Control(const std::string& action) {
    std::string folder = url_.substr(url_.find("host=") + 5);
    for (std::size_t at; (at = folder.find("%2F")) != std::string::npos;)
      folder.replace(at, 3, "/");
    Child child(
        {"/bin/bash", "-c",
         fmt::format("cd {0} && owner=$(stat -c %u data) && exec setpriv --reuid $owner "
                     "--regid $(stat -c %g data) --clear-groups "
                     "/usr/lib/postgresql/15/bin/pg_ctl -D {0}/data -l {0}/server.log -w {1}",
                     folder, action)},
        {{"PATH", "/usr/bin:/bin"}});
    const Finished done = child.Wait();
    ASSERT_EQ(done.code, 0) << done.out << done.err;
  }

 private:
  static constexpr const char* kCluster = "ROLECALL_TEST_POSTGRES";
  std::string shared_, url_;
  std::unique_ptr<Child> cluster_;
};

TEST_P(Restarted, MidwayPostgresIsWaitedForAndTheRunFinishes) {
  Prepare(milliseconds(5));
  std::vector<std::string> wanted;
  {
    TestDatabase copy(test_database());
    UseDatabase(copy);
    ASSERT_EQ(Do({"run"}).code, 2);
    wanted = Left(copy.database(), 3);
  }
  UseDatabase(test_database());
  const auto worker = Start({"work", "--lanes", "2"});
  ASSERT_TRUE(worker->SaysOnStderr("lanes wait for runs"));
  const auto run = Start({"run"});
  ASSERT_TRUE(run->SaysOnStderr("RUN initializing"));
  const auto follower = Start({"logs", "3", "--follow"});
  ASSERT_TRUE(follower->SaysOnStdout("UPSERT"));

  Control("-m fast stop");
  ASSERT_TRUE(run->SaysOnStderr("waits: "));
  ASSERT_TRUE(follower->SaysOnStderr("waiting for the database: "));
  Control("start -o \"$(sed 's/^[^ ]* //' data/postmaster.opts)\"");

  const Finished ended = run->Wait();
  EXPECT_EQ(ended.code, 2) << ended.err;
  ExpectTheSame(Left(database(), 3), wanted);
  ExpectWhole(database(), 3);
  EXPECT_GE(NumberOf(database(),
                     "SELECT count(*) FROM run_lines WHERE message LIKE 'waiting for "
                     "the database: %'"),
            1);
  EXPECT_GE(NumberOf(database(),
                     "SELECT count(*) FROM run_lines WHERE message LIKE 'the database "
                     "answers again%'"),
            1);
  const Finished followed = follower->Wait();
  EXPECT_EQ(followed.code, 0) << followed.err;
  EXPECT_EQ(followed.out, Do({"logs", "3"}).out);
  worker->Signal(SIGTERM);
  EXPECT_EQ(worker->Wait().code, 0);
}

INSTANTIATE_TEST_SUITE_P(Own, Restarted, testing::Values(Dialect::kPostgres), DialectName);

}  // namespace
}  // namespace rolecall
