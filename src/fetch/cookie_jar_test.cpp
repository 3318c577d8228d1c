// What is taken of a Set-Cookie, and to whom it goes.
#include "fetch/cookie_jar.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace rolecall {
namespace {

constexpr std::string_view kCareers = "https://careers.example.com";

// The header to a path, after these Set-Cookies of one host.
std::string After(const std::vector<std::string>& cookies, std::string_view path = "/jobs") {
  CookieJar jar;
  for (const std::string& one : cookies) jar.Take(kCareers, one);
  return jar.HeaderFor(kCareers, path);
}

TEST(CookieJar, GivesBackWhatItWasGiven) {
  EXPECT_EQ(After({"JSESSIONID=7A.b; Path=/; HttpOnly; Secure", " lang = en "}),
            "JSESSIONID=7A.b; lang=en");
  EXPECT_EQ(After({"a=b=c; SameSite=None", "e="}), "a=b=c; e=");
  EXPECT_EQ(After({}), "");
}

TEST(CookieJar, TheLastOfANameCounts) { EXPECT_EQ(After({"a=1", "b=2", "a=3"}), "b=2; a=3"); }

TEST(CookieJar, GivesNothingToAnotherHost) {
  CookieJar jar;
  jar.Take(kCareers, "a=1; Domain=example.com");

  EXPECT_EQ(jar.HeaderFor("https://example.com", "/"), "");
  EXPECT_EQ(jar.HeaderFor("https://www.careers.example.com", "/"), "");
  EXPECT_EQ(jar.HeaderFor("https://careers.example.com:8443", "/"), "");
  EXPECT_EQ(jar.HeaderFor("http://careers.example.com", "/"), "");
  EXPECT_EQ(jar.HeaderFor(kCareers, "/"), "a=1");
}

TEST(CookieJar, KeepsToAPath) {
  const std::vector<std::string> cookies{"a=1; path=/jobs"};

  EXPECT_EQ(After(cookies, "/jobs"), "a=1");
  EXPECT_EQ(After(cookies, "/jobs?pr=1"), "a=1");
  EXPECT_EQ(After(cookies, "/jobs/search"), "a=1");
  EXPECT_EQ(After(cookies, "/jobsite"), "");
  EXPECT_EQ(After(cookies, "/"), "");
  EXPECT_EQ(After({"a=1; path=jobs"}, "/"), "a=1");
  EXPECT_EQ(After({"a=1; path=/jobs", "a=2"}, "/jobs"), "a=1; a=2");
  EXPECT_EQ(After({"a=1; path=/jobs", "a=; max-age=0"}, "/jobs"), "a=1");
}

TEST(CookieJar, DropsWhatIsOver) {
  EXPECT_EQ(After({"a=1", "a=; Max-Age=0"}), "");
  EXPECT_EQ(After({"a=1", "a=x; max-age=-1"}), "");
  EXPECT_EQ(After({"a=1", "a=x; Expires=Thu, 01 Jan 1970 00:00:00 GMT"}), "");
  EXPECT_EQ(After({"a=1; Max-Age=3600", "b=2; Expires=Fri, 31 Dec 9999 23:59:59 GMT"}), "a=1; b=2");
  EXPECT_EQ(After({"a=1; Max-Age=soon", "b=2; Expires=never"}), "a=1; b=2");
}

TEST(CookieJar, TakesNoCookieThatIsNone) {
  EXPECT_EQ(After({"", "=1", "a", ";a=1", "a=\x01", "\tb\n=\n2", "c=1\r\nX: y", "d=\xC3\xA4"}),
            "b=2");
  EXPECT_EQ(After({"a=" + std::string(5'000, 'x')}), "");
}

TEST(CookieJar, HoldsAFew) {
  std::vector<std::string> cookies;
  for (int i = 0; i < 100; ++i) cookies.push_back(fmt::format("a{}=1", i));

  EXPECT_TRUE(After(cookies).ends_with("; a19=1"));
}

}  // namespace
}  // namespace rolecall
