// How a process ends that something keeps.
#include "app/exit_deadline.h"

#include <gtest/gtest.h>
#include <unistd.h>

namespace rolecall {
namespace {

TEST(ExitDeadline, EndsAProcessThatIsStuckAndSaysSo) {
  EXPECT_EXIT(
      {
        ExitDeadline exit_deadline;
        exit_deadline.Arm(std::chrono::milliseconds(10));
        while (true) pause();
      },
      testing::ExitedWithCode(1), "something under way does not end");
}

TEST(ExitDeadline, LeavesAloneWhoEndsInTime) {
  EXPECT_EXIT(
      {
        {
          ExitDeadline exit_deadline;
          exit_deadline.Arm(std::chrono::hours(1));
        }
        _exit(0);
      },
      testing::ExitedWithCode(0), "");
}

}  // namespace
}  // namespace rolecall
