// How a process ends that something keeps.
#include "app/last_resort.h"

#include <gtest/gtest.h>
#include <unistd.h>

namespace rolecall {
namespace {

TEST(LastResort, EndsAProcessThatIsStuckAndSaysSo) {
  EXPECT_EXIT(
      {
        LastResort last_resort;
        last_resort.Arm(std::chrono::milliseconds(10));
        while (true) pause();
      },
      testing::ExitedWithCode(1), "something under way does not end");
}

TEST(LastResort, LeavesAloneWhoEndsInTime) {
  EXPECT_EXIT(
      {
        {
          LastResort last_resort;
          last_resort.Arm(std::chrono::hours(1));
        }
        _exit(0);
      },
      testing::ExitedWithCode(0), "");
}

}  // namespace
}  // namespace rolecall
