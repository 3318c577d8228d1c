// Runs that are handed to a worker elsewhere: refused, doubtful, and taken up by nobody.
#include "run/launch.h"

#include <gtest/gtest.h>

#include "store/runs/claims.h"
#include "store/runs/runs.h"
#include "tests/support/databases.h"

namespace rolecall {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

class Launches : public BothDatabases {
 protected:
  void SetUp() override {
    BothDatabases::SetUp();
    if (IsSkipped()) return;
    Write([&](Transaction& tx) -> Result<void> {
      TRY(run_.id,
          AddRun(tx, {.run_key = "key", .user_id = kUser, .trigger = "api"}, {}, kTestNow));
      return {};
    });
    run_.user_id = kUser;
  }
  void Write(const std::function<Result<void>(Transaction&)>& change) {
    auto tx = database().Write();
    ASSERT_TRUE(tx);
    const auto done = change(*tx);
    ASSERT_TRUE(done) << done.error().message;
    ASSERT_TRUE(tx->Commit());
  }
  RunRecord Run() { return *LoadRun(**database().Reader(), kUser, run_.id); }
  // Answers as `answer_` says, and counts.
  InvokeWorker Invoke() {
    return [this](const LaunchableRun& run) {
      EXPECT_EQ(run.run_id, run_.id);
      EXPECT_EQ(run.run_key, "key");
      ++invoked_;
      return answer_;
    };
  }
  void LookAfter(std::chrono::milliseconds time) {
    const auto looked = LaunchLeftRuns(database(), Invoke(), kTestNow + time);
    EXPECT_TRUE(looked) << looked.error().message;
  }

  RunOfUser run_;
  Result<Launched> answer_ = Launched::kQueued;
  int invoked_ = 0;
};

TEST_P(Launches, EndTheRunWhereTheyAreRefused) {
  answer_ = Fail(Errc::kNotFound, "there is no function worker");

  const auto launched = LaunchRun(database(), run_, Invoke(), kTestNow);

  EXPECT_EQ(launched.error().code, Errc::kUpstream);
  EXPECT_EQ(Run().status, RunStatus::kError);
  EXPECT_EQ(Run().error_message, "Failed to start worker: there is no function worker");
}

TEST_P(Launches, AreMadeAgainAtOnceWhereNobodyKnowsWhetherTheyArrived) {
  answer_ = Launched::kDoubtful;
  ASSERT_TRUE(LaunchRun(database(), run_, Invoke(), kTestNow));
  answer_ = Launched::kQueued;

  LookAfter(seconds(1));
  EXPECT_EQ(invoked_, 2);
  EXPECT_EQ(Run().status, RunStatus::kPending);

  LookAfter(seconds(2));
  EXPECT_EQ(invoked_, 2);
}

TEST_P(Launches, AreMadeAtOnceAfterTheFirstDoubtAlone) {
  answer_ = Launched::kDoubtful;
  ASSERT_TRUE(LaunchRun(database(), run_, Invoke(), kTestNow));

  for (int second = 1; second < 60; ++second) LookAfter(seconds(second));

  EXPECT_EQ(invoked_, 2);
  EXPECT_EQ(Run().status, RunStatus::kPending);
}

TEST_P(Launches, AreMadeThreeTimesMoreWhereNobodyTakesTheRunUp) {
  ASSERT_TRUE(LaunchRun(database(), run_, Invoke(), kTestNow));
  LookAfter(seconds(119));
  EXPECT_EQ(invoked_, 1);

  for (int look = 1; look <= 3; ++look) {
    LookAfter(look * (kTakenUpWithin + seconds(1)));
    LookAfter(look * (kTakenUpWithin + seconds(1)) + seconds(5));
    EXPECT_EQ(invoked_, 1 + look);
  }
  EXPECT_EQ(Run().status, RunStatus::kPending);
  LookAfter(minutes(20));

  EXPECT_EQ(invoked_, 4);
  EXPECT_EQ(Run().status, RunStatus::kError);
  EXPECT_EQ(Run().error_message, "no worker took the run up, though 4 were asked for");
}

TEST_P(Launches, AreNotMadeOfARunThatSomebodyAttendsTo) {
  ASSERT_TRUE(LaunchRun(database(), run_, Invoke(), kTestNow));
  Write([&](Transaction& tx) -> Result<void> {
    CHECK_OK(AnnounceWorker(tx, "elsewhere", run_.id, kTestNow + minutes(10)));
    return NoteTakenUp(tx, run_.id);
  });

  LookAfter(minutes(9));
  EXPECT_EQ(invoked_, 1);

  LookAfter(minutes(11));
  EXPECT_EQ(invoked_, 2);
}

TEST_P(Launches, AreMadeOfRunsThatWereLeftByWhomeverElse) {
  LookAfter(seconds(60));
  EXPECT_EQ(invoked_, 0);

  LookAfter(minutes(3));

  EXPECT_EQ(invoked_, 1);
}

TEST_P(Launches, AreMadeByOneOfThoseWhoLook) {
  const LaunchableRun seen = *LoadLaunchable(**database().Reader(), run_.id);
  Write([&](Transaction& tx) -> Result<void> {
    EXPECT_EQ(NoteLaunch(tx, seen, kTestNow), true);
    EXPECT_EQ(NoteLaunch(tx, seen, kTestNow), false);
    return {};
  });
}

ROLECALL_ON_BOTH_DATABASES(Launches);

}  // namespace
}  // namespace rolecall
