// Origins as requests name them.
#include "api/asked_at.h"

#include <gtest/gtest.h>

namespace rolecall {
namespace {

std::string At(std::vector<Header> headers) {
  return AskedAt({.method = "GET", .path = "/", .headers = std::move(headers)}, "/base");
}

TEST(AskedAt, IsTheHostAndTheBasePath) {
  EXPECT_EQ(At({{"host", "127.0.0.1:8000"}}), "http://127.0.0.1:8000/base");
  EXPECT_EQ(At({{"host", "[::1]:8000"}}), "http://[::1]:8000/base");
}

TEST(AskedAt, IsWhatTheOutermostProxyWasAsked) {
  EXPECT_EQ(At({{"host", "inner"},
                {"x-forwarded-host", "jobs.test, b"},
                {"x-forwarded-proto", "https, http"}}),
            "https://jobs.test/base");
  EXPECT_EQ(At({{"host", "jobs.test"}, {"x-forwarded-proto", "javascript"}}),
            "http://jobs.test/base");
}

TEST(AskedAt, TellsNoHostThatCannotBeOne) {
  EXPECT_EQ(At({{"host", "jobs.test"}, {"x-forwarded-host", "a/b\"><script>"}}),
            "http://jobs.test/base");
  EXPECT_EQ(At({{"host", "a b"}}), "/base");
  EXPECT_EQ(At({}), "/base");
}

}  // namespace
}  // namespace rolecall
