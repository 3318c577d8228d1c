// The table of routes as clients and metrics see it.
#include "api/routes.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/runs/runs.h"
#include "tests/support/api_rig.h"

namespace rolecall {
namespace {

std::string AllowedAt(std::string_view path) {
  ApiRig rig;
  const Reply reply = Answer(rig.parts(), {.method = "OPTIONS", .path = std::string(path)});
  for (const Header& header : reply.headers)
    if (header.name == "Allow") return header.value;
  return "nothing";
}

TEST(Routes, NameEachMethodOfAnAddressOnce) {
  EXPECT_EQ(AllowedAt("/api/jobs/export"), "GET, HEAD, OPTIONS");
  EXPECT_EQ(AllowedAt("/api/ingestion/settings"), "GET, POST, HEAD, OPTIONS");
  EXPECT_EQ(AllowedAt("/api/ingestion/start"), "POST, OPTIONS");
  EXPECT_EQ(AllowedAt("/nothing"), "nothing");
}

TEST(Routes, LeadAPersonWithAMistypedAddressToThePage) {
  ApiRig rig;
  const auto answer = [&](std::string path, std::string accept) {
    return Answer(
        rig.parts(),
        {.method = "GET", .path = std::move(path), .headers = {{"accept", std::move(accept)}}});
  };

  const Reply page = answer("/Configure", "text/html,*/*;q=0.8");
  EXPECT_EQ(page.status, 404);
  EXPECT_EQ(page.body, answer("/configure", "text/html").body);
  EXPECT_EQ(answer("/Configure", "*/*").content_type, "application/json");
  for (const char* path : {"/api/nothing", "/api", "/auth", "/assets/nothing", "/logo"})
    EXPECT_EQ(answer(path, "text/html").content_type, "application/json") << path;
}

TEST(Routes, TakeHealthWithAStrokeBehindIt) {
  ApiRig rig;

  EXPECT_EQ(Answer(rig.parts(), {.method = "GET", .path = "/health/"}).status, 200);
  EXPECT_EQ(TurnOf({.method = "GET", .path = "/health/"}), Turn::kAtOnce);
}

TEST(Routes, TellOfTheActiveRunOfWhoeverAsksAndOfNobodyElses) {
  ApiRig rig;
  const UserProfile user = rig.User();
  std::int64_t ann = 0, run = 0;
  {
    auto tx = rig.database().Write().value();
    ann = AddUser(tx,
                  {.email = "ann@example.org", .name = "", .picture_url = "", .password_hash = ""},
                  kTestNow)
              .value();
    run =
        AddRun(tx, {.run_key = "key", .user_id = user.id, .trigger = "api"}, {}, kTestNow).value();
    ASSERT_TRUE(tx.Commit());
  }
  const auto ask = [&](const std::string& token) {
    return Answer(rig.parts(), {.method = "GET",
                                .path = "/api/ingestion/current-run",
                                .headers = {{"authorization", "Bearer " + token}}});
  };
  const std::string anns = rig.TokenOf(rig.User("ann@example.org"));

  EXPECT_EQ(ask(rig.TokenOf(user)).body, fmt::format(R"({{"run_id":{}}})", run));
  EXPECT_EQ(ask(anns).body, R"({"run_id":null})");

  auto tx = rig.database().Write().value();
  ASSERT_TRUE(tx->Run("DELETE FROM users WHERE user_id = :id", {{"id", ann}}));
  ASSERT_TRUE(tx.Commit());
  EXPECT_EQ(ask(anns).status, 401);
}

TEST(Routes, CountAHeadAsItsGet) {
  EXPECT_EQ(RouteOf("HEAD", "/api/jobs/7"), "/api/jobs/{}");
  EXPECT_EQ(RouteOf("GET", "/api/jobs/7"), "/api/jobs/{}");
  EXPECT_EQ(RouteOf("HEAD", "/auth/login"), "");
  EXPECT_EQ(RouteOf("PUT", "/api/jobs/7"), "");
}

}  // namespace
}  // namespace rolecall
