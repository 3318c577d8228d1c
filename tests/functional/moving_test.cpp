// A company that moves to another board, from the command that moves it to the jobs that leave.
#include <gmock/gmock.h>

#include "tests/support/program.h"

namespace rolecall {
namespace {

namespace json = boost::json;
using testing::AllOf;
using testing::HasSubstr;

class Moving : public Rolecall {
 protected:
  void SetUp() override {
    Rolecall::SetUp();
    if (IsSkipped()) return;
    Simulate(2, 20);
    EXPECT_EQ(AddOn(sim().Companies()[0]).code, 0);
    EXPECT_EQ(Do({"run"}).code, 0);
  }
  Finished AddOn(const BoardSim::Company& board) {
    return Do(
        {"companies", "add", "acme", "--board", board.board, "--token", board.token, "--move"});
  }
};

TEST_P(Moving, SaysWhatItExpiresAndThePreviewDoesToo) {
  const BoardSim::Company before = sim().Companies()[0], other = sim().Companies()[1];
  const Finished refused =
      Do({"companies", "add", "acme", "--board", other.board, "--token", other.token});
  EXPECT_EQ(refused.code, 64);
  const std::string does =
      "leaves " + before.board + " " + before.token + ", where the next run expires 20 open jobs";
  EXPECT_THAT(refused.err, HasSubstr("acme is on another board already: with --move it " + does));
  EXPECT_THAT(AddOn(other).err, AllOf(HasSubstr("acme is followed on " + other.board),
                                      HasSubstr("It " + does + ".")));

  const json::value preview = Json({"preview"});
  EXPECT_EQ(Number(preview.at("acme").at("moved_from").as_object(), "would_expire"), 20);
  EXPECT_EQ(Number(preview.at("acme").at("plan").as_object(), "would_expire"), 0);
  EXPECT_EQ(Number(preview.at("acme").at("plan").as_object(), "new"), 20);
  EXPECT_THAT(Do({"preview"}).out, HasSubstr("acme: moved from another board; 20 jobs would"));

  const json::value run = Json({"run"});
  EXPECT_EQ(Number(run.as_object(), "jobs_expired"), 20);
  EXPECT_EQ(Number(run.as_object(), "jobs_new"), 20);
  EXPECT_EQ(Json({"jobs"}).at("total").as_int64(), 20);
}

ROLECALL_ON_BOTH_DATABASES(Moving);

}  // namespace
}  // namespace rolecall
