// A vendor that asks to be left alone, seen from the companies of others and from other processes.
#include <gmock/gmock.h>

#include "tests/support/program.h"

namespace rolecall {
namespace {

namespace json = boost::json;
using testing::HasSubstr;

class Vendors : public Rolecall {
 protected:
  int Asked(std::string_view board) {
    int asked = 0;
    for (const BoardSim::Company& one : sim().Companies())
      if (one.board == board) asked += sim().CountRequests(one.name).list;
    return asked;
  }
};

TEST_P(Vendors, ThatAskForTwoMinutesKeepNobodyElseWaiting) {
  Simulate(12, 20);
  FollowAll();
  for (const BoardSim::Company& one : sim().Companies())
    if (one.board == "workday") ASSERT_TRUE(sim().SetFault(one.name, "http_429"));

  const json::value run = Json({"run"});

  EXPECT_EQ(run.at("status").as_string(), "finished");
  for (const BoardSim::Company& one : sim().Companies()) {
    const json::object& part = CompanyOf(run, one.name);
    const bool busy = one.board == "workday";
    EXPECT_EQ(part.at("status").as_string(), busy ? "error" : "done") << one.name;
    EXPECT_EQ(Number(part, "included"), busy ? 0 : 20) << one.name;
    if (busy) {
      EXPECT_THAT(std::string(part.at("error_message").as_string()), HasSubstr(" until 20"));
    }
  }
  const int asked = Asked("workday");
  EXPECT_LE(asked, 2) << "as many as may be asked at once";

  // Another process knows of it, and asks nobody either.
  for (const BoardSim::Company& one : sim().Companies())
    ASSERT_TRUE(sim().SetFault(one.name, "none"));
  const json::value again = Json({"run", "--retry-failed", "1"});
  EXPECT_EQ(again.at("status").as_string(), "error");
  EXPECT_EQ(Asked("workday"), asked);
}

ROLECALL_ON_BOTH_DATABASES(Vendors);

}  // namespace
}  // namespace rolecall
