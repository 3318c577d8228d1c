// A wait ends with its time, or with the stop.
#include "base/wait.h"

#include <gtest/gtest.h>

#include <thread>

namespace rolecall {
namespace {

TEST(WaitFor, SaysThatItsTimeIsOver) {
  EXPECT_TRUE(WaitFor(std::chrono::milliseconds(1), std::stop_token()));
}

TEST(WaitFor, SaysThatAStopCutItShort) {
  std::stop_source source;
  std::jthread stopping([&] { source.request_stop(); });

  EXPECT_FALSE(WaitFor(std::chrono::hours(1), source.get_token()));
}

TEST(WaitForStop, EndsWithIt) {
  std::stop_source source;
  std::jthread stopping([&] { source.request_stop(); });

  WaitForStop(source.get_token());

  EXPECT_TRUE(source.stop_requested());
}

}  // namespace
}  // namespace rolecall
