// What is told of a database that cannot be reached, and what is not.
#include "work/store_trouble.h"

#include <gmock/gmock.h>

namespace rolecall {
namespace {

using std::chrono::milliseconds;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class Troubles : public testing::Test {
 protected:
  bool Wait(const Error& error) {
    return trouble_.Wait(error, {}, [this](const Error& told) { told_.push_back(told.message); });
  }
  void Answered() {
    trouble_.Answered([this](const std::string& text) { told_.push_back(text); });
  }

  StoreTrouble trouble_{milliseconds(1)};
  std::vector<std::string> told_;
  const Error contended_{
      .code = Errc::kUnavailable, .message = "deadlock detected", .contended = true};
};

TEST_F(Troubles, AreToldOnceAndWhereTheyEnd) {
  EXPECT_TRUE(Wait({Errc::kUnavailable, "it went away"}));
  Answered();

  EXPECT_THAT(told_, ElementsAre("it went away", HasSubstr("answers again")));
}

TEST_F(Troubles, OfTransactionsThatGiveWayToOthersAreNotTold) {
  for (int run = 0; run < 3; ++run) {
    for (int i = 0; i < 3; ++i) EXPECT_TRUE(Wait(contended_));
    Answered();
  }

  EXPECT_THAT(told_, IsEmpty());
}

TEST_F(Troubles, OfTransactionsThatGiveWayForEverAreTold) {
  while (told_.empty()) ASSERT_TRUE(Wait(contended_));

  EXPECT_THAT(told_, ElementsAre(HasSubstr("deadlock")));
}

}  // namespace
}  // namespace rolecall
