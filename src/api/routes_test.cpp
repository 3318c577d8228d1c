// The table of routes as clients and metrics see it.
#include "api/routes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

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

TEST(Routes, CountAHeadAsItsGet) {
  EXPECT_EQ(RouteOf("HEAD", "/api/jobs/7"), "/api/jobs/{}");
  EXPECT_EQ(RouteOf("GET", "/api/jobs/7"), "/api/jobs/{}");
  EXPECT_EQ(RouteOf("HEAD", "/auth/login"), "");
  EXPECT_EQ(RouteOf("PUT", "/api/jobs/7"), "");
}

}  // namespace
}  // namespace rolecall
