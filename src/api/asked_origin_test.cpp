// Origins as requests name them.
#include "api/asked_origin.h"

#include <gtest/gtest.h>

namespace rolecall {
namespace {

std::string At(std::vector<Header> headers) {
  return AskedOrigin({.method = "GET", .path = "/", .headers = std::move(headers)}, "/base");
}

TEST(AskedOrigin, IsTheHostAndTheBasePath) {
  EXPECT_EQ(At({{"host", "127.0.0.1:8000"}}), "http://127.0.0.1:8000/base");
  EXPECT_EQ(At({{"host", "[::1]:8000"}}), "http://[::1]:8000/base");
}

TEST(AskedOrigin, IsWhatTheOutermostProxyWasAsked) {
  EXPECT_EQ(At({{"host", "inner"},
                {"x-forwarded-host", "jobs.test, b"},
                {"x-forwarded-proto", "https, http"}}),
            "https://jobs.test/base");
  EXPECT_EQ(At({{"host", "jobs.test"}, {"x-forwarded-proto", "javascript"}}),
            "http://jobs.test/base");
}

TEST(AskedOrigin, TellsNoHostThatCannotBeOne) {
  EXPECT_EQ(At({{"host", "jobs.test"}, {"x-forwarded-host", "a/b\"><script>"}}),
            "http://jobs.test/base");
  EXPECT_EQ(At({{"host", "a b"}}), "/base");
  EXPECT_EQ(At({}), "/base");
}

}  // namespace
}  // namespace rolecall
