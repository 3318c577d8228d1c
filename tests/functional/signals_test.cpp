// Signals that are there before the program's first line, as where a service is stopped while it
// starts.
#include <gmock/gmock.h>

#include <csignal>

#include "tests/support/program.h"
#include "tests/support/secret.h"

namespace rolecall {
namespace {

class EarlySignal : public Rolecall {
 protected:
  Finished DoTold(const std::vector<std::string>& arguments) {
    return Start(arguments, SIGTERM)->Wait();
  }
};

TEST_P(EarlySignal, EndsWhatRunsUntilItIsToldAsAnyOther) {
  environment()["SECRET_KEY"] = kSecret;
  for (const std::vector<std::string>& command :
       {std::vector<std::string>{"work"}, {"serve", "--port", "0"}, {"simulate", "--port", "0"}}) {
    const Finished ended = DoTold(command);
    EXPECT_EQ(ended.code, 0) << command[0] << ": " << ended.err;
  }
}

TEST_P(EarlySignal, EndsARunBeforeThereIsOne) {
  Simulate(1, 3);
  FollowAll();

  const Finished ended = DoTold({"run"});

  EXPECT_EQ(ended.code, 130);
  EXPECT_THAT(ended.err, testing::HasSubstr("stopped before a run began"));
  EXPECT_TRUE(Json({"runs"}).at("runs").as_array().empty());
}

TEST_P(EarlySignal, KillsWhatLosesNothingByIt) { EXPECT_EQ(DoTold({"jobs"}).code, 128 + SIGTERM); }

ROLECALL_ON_BOTH_DATABASES(EarlySignal);

}  // namespace
}  // namespace rolecall
