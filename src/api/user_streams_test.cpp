// How many streams a user may have open.
#include "api/user_streams.h"

#include <gtest/gtest.h>

#include <vector>

namespace rolecall {
namespace {

TEST(UserStreams, AreTwentyAUser) {
  UserStreams streams;
  std::vector<std::shared_ptr<const StreamRight>> open;
  for (int i = 0; i < 20; ++i) open.push_back(streams.Open(1));

  for (const auto& one : open) EXPECT_NE(one, nullptr);
  EXPECT_EQ(streams.Open(1), nullptr);
  EXPECT_NE(streams.Open(2), nullptr);
  open.pop_back();
  EXPECT_NE(streams.Open(1), nullptr);
}

}  // namespace
}  // namespace rolecall
