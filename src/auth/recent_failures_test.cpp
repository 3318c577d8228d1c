// Failures to sign in over a sliding minute.
#include "auth/recent_failures.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/support/databases.h"

namespace rolecall {
namespace {

using std::chrono::seconds;

class Failures : public testing::Test {
 protected:
  std::chrono::seconds Try(std::vector<std::string> keys, seconds after) {
    return failures_.Begin(keys, kTestNow + after);
  }
  RecentFailures failures_;
};

TEST_F(Failures, AreTenAMinute) {
  for (int second = 0; second < 10; ++second) EXPECT_EQ(Try({"ann"}, seconds(second)), seconds(0));

  EXPECT_EQ(Try({"ann"}, seconds(10)), seconds(50));
  EXPECT_EQ(Try({"ann"}, seconds(59)), seconds(1));
  EXPECT_EQ(Try({"bob"}, seconds(59)), seconds(0));
  EXPECT_EQ(Try({"ann"}, seconds(60)), seconds(0));
  EXPECT_EQ(Try({"ann"}, seconds(60)), seconds(1));
}

TEST_F(Failures, OfOneKeyAreNotNotedForTheOther) {
  for (int count = 0; count < 10; ++count) Try({"ann"}, seconds(0));
  for (int count = 0; count < 20; ++count) EXPECT_EQ(Try({"ann", "here"}, seconds(1)), seconds(59));

  EXPECT_EQ(Try({"bob", "here"}, seconds(1)), seconds(0));
}

TEST_F(Failures, AreNotedAndAskedAboutApart) {
  EXPECT_EQ(failures_.WaitOf("here", kTestNow), seconds(0));
  for (int count = 0; count < 30; ++count) failures_.Note("here", kTestNow + seconds(count));

  EXPECT_EQ(failures_.WaitOf("here", kTestNow + seconds(30)), seconds(50)) << "the last ten count";
  EXPECT_EQ(Try({"ann", "here"}, seconds(30)), seconds(50));
  EXPECT_EQ(Try({"ann"}, seconds(30)), seconds(0));
  EXPECT_EQ(failures_.WaitOf("here", kTestNow + seconds(80)), seconds(0));
}

TEST_F(Failures, AreForgottenAndTakenBack) {
  for (int count = 0; count < 10; ++count) Try({"ann", "here"}, seconds(0));
  const std::vector<std::string> here{"here"};

  failures_.Forget("ann");
  EXPECT_EQ(Try({"ann"}, seconds(1)), seconds(0));
  EXPECT_EQ(Try({"here"}, seconds(1)), seconds(59));
  failures_.TakeBack(here, kTestNow);

  EXPECT_EQ(Try({"here"}, seconds(1)), seconds(0));
  EXPECT_EQ(Try({"here"}, seconds(1)), seconds(59));
}

TEST_F(Failures, TakeNoMoreRoomThanTheyMay) {
  int let = 0;
  for (int name = 0; name < 20'000; ++name)
    let += Try({fmt::format("name {}", name)}, seconds(0)).count() == 0 ? 1 : 0;

  EXPECT_EQ(let, 10'000);
  EXPECT_EQ(Try({"ann"}, seconds(59)), seconds(60));
  EXPECT_EQ(Try({"ann"}, seconds(60)), seconds(0));
}

}  // namespace
}  // namespace rolecall
