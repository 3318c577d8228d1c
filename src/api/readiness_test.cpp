// Whether the server is well is told at once, whatever the database does.
#include "api/readiness.h"

#include <gmock/gmock.h>

#include "api/health.h"
#include "api/routes.h"
#include "tests/store/board_rig.h"
#include "tests/support/api_rig.h"

namespace rolecall {
namespace {

namespace json = boost::json;
using std::chrono::seconds;
using std::chrono::steady_clock;
using testing::HasSubstr;
using testing::MatchesRegex;

class Ready : public testing::Test {
 protected:
  Reply Ask() {
    const Request request{.method = "GET",
                          .path = "/ready",
                          .headers = {{"host", "127.0.0.1:8000"}},
                          .peer = "127.0.0.1"};
    return Needed(GetReady(rig_.parts(), {.request = request, .captured = {}, .user = {}}));
  }
  // A look is given a second: a slow machine may need another.
  Reply AskUntilItAnswers() {
    const auto deadline = steady_clock::now() + std::chrono::minutes(2);
    Reply reply = Ask();
    while (CheckOf(reply, "database").at("ok") == false && steady_clock::now() < deadline)
      reply = Ask();
    return reply;
  }
  static json::object CheckOf(const Reply& reply, std::string_view name) {
    return json::parse(reply.body).at("checks").as_object().at(name).as_object();
  }

  ApiRig rig_;
};

TEST_F(Ready, TellsWhatItLookedAt) {
  const Reply reply = AskUntilItAnswers();

  EXPECT_EQ(CheckOf(reply, "database").at("message"), "answers");
  EXPECT_EQ(CheckOf(reply, "migrations").at("message"), "current");
  EXPECT_EQ(CheckOf(reply, "worker heartbeat").at("ok"), false);
  EXPECT_EQ(CheckOf(reply, "disk").at("ok"), true);
}

TEST_F(Ready, NamesItsChecksToThisMachineAndToATokenAlone) {
  AskUntilItAnswers();
  const std::string bearer = "Bearer " + rig_.TokenOf(rig_.User());
  const auto names_them = [&](std::vector<Header> headers) {
    const Request request{
        .method = "GET", .path = "/ready", .headers = std::move(headers), .peer = "127.0.0.1"};
    const Reply reply =
        Needed(GetReady(rig_.parts(), {.request = request, .captured = {}, .user = {}}));
    return json::parse(reply.body).as_object().contains("checks");
  };

  EXPECT_TRUE(names_them({{"host", "localhost"}}));
  EXPECT_FALSE(names_them({{"host", "jobs.example.com"}}));
  EXPECT_FALSE(names_them({{"host", "localhost"}, {"x-forwarded-for", "10.0.0.1"}}));
  EXPECT_FALSE(names_them({{"host", "jobs.example.com"}, {"authorization", "Bearer x"}}));
  EXPECT_TRUE(names_them({{"host", "jobs.example.com"}, {"authorization", bearer}}));
}

TEST_F(Ready, IsNotWhileTheDatabaseDoesNotAnswerAndIsAgainAfterIt) {
  // The one connection of a database in memory.
  auto only = Needed(rig_.database().Reader());

  const Reply first = Ask(), second = Ask();
  only.reset();
  const Reply later = AskUntilItAnswers();

  for (const Reply& reply : {first, second}) {
    EXPECT_EQ(reply.status, 503);
    EXPECT_EQ(CheckOf(reply, "database").at("ok"), false);
    EXPECT_THAT(std::string(CheckOf(reply, "database").at("message").as_string()),
                MatchesRegex("has not answered for [0-9]+ s"));
    EXPECT_TRUE(CheckOf(reply, "worker heartbeat").contains("age_ms"));
  }
  EXPECT_EQ(CheckOf(later, "database").at("ok"), true) << later.body;
}

TEST_F(Ready, KeepsTheWordsOfTheDatabaseForTheLog) {
  {
    auto tx = Needed(rig_.database().Write());
    Needed(tx->Run("ALTER TABLE workers RENAME TO hidden"));
    Needed(tx.Commit());
  }

  const Reply reply = Ask();

  EXPECT_EQ(CheckOf(reply, "worker heartbeat").at("message"), "cannot be read");
  EXPECT_THAT(reply.failure, HasSubstr("workers"));
}

TEST(TurnOf, IsUrgentOfWhatNeedsNoDatabase) {
  EXPECT_EQ(TurnOf({.method = "GET", .path = "/health"}), Turn::kAtOnce);
  EXPECT_EQ(TurnOf({.method = "GET", .path = "/ready"}), Turn::kUrgent);
  EXPECT_EQ(TurnOf({.method = "POST", .path = "/ready"}), Turn::kUsual);
  EXPECT_EQ(TurnOf({.method = "GET", .path = "/metrics"}), Turn::kUsual);
}

}  // namespace
}  // namespace rolecall
