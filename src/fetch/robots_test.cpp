// What a robots.txt forbids, in the words of RFC 9309, and what is none.
#include "fetch/robots.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace rolecall {
namespace {

// "", or the line that forbids: "2: Disallow: /jobs".
std::string Forbids(std::string_view robots, std::string_view path) {
  const auto line = RobotsRules::Read(robots, "rolecall").WhyForbidden(path);
  return line ? fmt::format("{}: {}", line->number, line->text) : "";
}

// Whether everybody's rules forbid the path.
bool IsForbidden(std::string_view rules, std::string_view path) {
  return !Forbids(fmt::format("User-agent: *\n{}", rules), path).empty();
}

TEST(Robots, SaysWhichLineForbids) {
  const std::string_view robots =
      "# ours\nUser-agent: *\nDisallow: /admin\nDisallow:  /jobs # no\n";

  EXPECT_EQ(Forbids(robots, "/jobs/search?ss=1"), "4: Disallow:  /jobs");
  EXPECT_EQ(Forbids(robots, "/"), "");
}

TEST(Robots, TheLongestMatchCounts) {
  const std::string_view rules = "Disallow: /jobs\nAllow: /jobs/search\nDisallow: /jobs/search/old";

  EXPECT_TRUE(IsForbidden(rules, "/jobs/7"));
  EXPECT_FALSE(IsForbidden(rules, "/jobs/search?ss=1"));
  EXPECT_TRUE(IsForbidden(rules, "/jobs/search/old"));
  EXPECT_FALSE(IsForbidden("Disallow: /jobs\nAllow: /jobs", "/jobs"));
  EXPECT_FALSE(IsForbidden("Allow: /jobs\nDisallow: /jobs", "/jobs"));
}

TEST(Robots, AStarIsAnythingAndADollarTheEnd) {
  EXPECT_TRUE(IsForbidden("Disallow: /*/job", "/jobs/7/cook/job?in_iframe=1"));
  EXPECT_FALSE(IsForbidden("Disallow: /*/job$", "/jobs/7/cook/job?in_iframe=1"));
  EXPECT_TRUE(IsForbidden("Disallow: /*/job$", "/jobs/7/job/job"));
  EXPECT_TRUE(IsForbidden("Disallow: /*?*pr=", "/jobs/search?ss=1&pr=0"));
  EXPECT_TRUE(IsForbidden("Disallow: /jobs$", "/jobs"));
  EXPECT_FALSE(IsForbidden("Disallow: /jobs$", "/jobs/"));
  EXPECT_TRUE(IsForbidden("Disallow: *", "/jobs"));
  EXPECT_TRUE(IsForbidden("Disallow: /a**b*$", "/axxbyy"));
  EXPECT_FALSE(IsForbidden("Disallow: /*ab*ab$", "/xab"));
  EXPECT_FALSE(IsForbidden("Disallow: jobs", "/jobs"));
}

TEST(Robots, OurGroupsCountInPlaceOfEverybodys) {
  const std::string_view robots =
      "User-agent: *\nDisallow: /\n\nUser-agent: ROLECALL/1.0\nDisallow: /a\n"
      "User-agent: other\nDisallow: /b\nUser-agent: other\nUser-agent: rolecall\nDisallow: /c\n"
      "User-agent: rolecaller\nDisallow: /d";

  EXPECT_EQ(Forbids(robots, "/a"), "5: Disallow: /a");
  EXPECT_EQ(Forbids(robots, "/b"), "");
  EXPECT_EQ(Forbids(robots, "/c"), "10: Disallow: /c");
  EXPECT_EQ(Forbids(robots, "/d"), "");
  EXPECT_EQ(Forbids("User-agent: rolecall\nDisallow:\nUser-agent: *\nDisallow: /", "/a"), "");
}

TEST(Robots, OtherLinesDoNotPartAgents) {
  EXPECT_EQ(Forbids("User-agent: rolecall\nCrawl-delay: 1\n\nSitemap: https://x/y\n"
                    "User-agent: x\nDisallow: /a",
                    "/a"),
            "6: Disallow: /a");
}

TEST(Robots, PathsAreComparedInOneSpelling) {
  EXPECT_TRUE(IsForbidden("Disallow: /%6Aobs", "/jobs"));
  EXPECT_TRUE(IsForbidden("Disallow: /jobs", "/%6aobs"));
  EXPECT_TRUE(IsForbidden("Disallow: /köche", "/k%C3%B6che"));
  EXPECT_TRUE(IsForbidden("Disallow: /a%2fb", "/a%2Fb"));
  EXPECT_FALSE(IsForbidden("Disallow: /a%2fb", "/a/b"));
  EXPECT_TRUE(IsForbidden("Disallow: /a%2Ab", "/a*b"));
  EXPECT_FALSE(IsForbidden("Disallow: /a%2Ab", "/axb"));
  EXPECT_TRUE(IsForbidden("Disallow: /100%", "/100%"));
}

TEST(Robots, LinesEndAsTheyMay) {
  for (const char* end : {"\n", "\r\n", "\r"})
    EXPECT_EQ(
        Forbids(fmt::format("\xEF\xBB\xBFuser-AGENT : *{0}{0}DISALLOW :/jobs{0}", end), "/jobs"),
        "3: DISALLOW :/jobs");
}

TEST(Robots, WhatIsNoneForbidsNothing) {
  for (const char* text : {"", "\xEF\xBB\xBF", "\r\r\n\n", "<!doctype html><p>User-agent: *", ":",
                           "Disallow: /", "Disallow: /\nUser-agent: *", "User-agent: *\nDisallow",
                           "User-agent: *\nDisallow: # /", "User-agent:\nDisallow: /"})
    EXPECT_EQ(Forbids(text, "/jobs"), "") << text;
}

TEST(Robots, AreReadToHalfAMebibyteAndNoFurther) {
  std::string many = "User-agent: *\n";
  for (int i = 0; many.size() < 1 << 20; ++i)
    many += fmt::format("Disallow: /{}{}\n", i, std::string(90, 'x'));

  EXPECT_EQ(Forbids("User-agent: *\nDisallow: /jobs\n" + many, "/jobs"), "2: Disallow: /jobs");
  EXPECT_EQ(Forbids(many + "Disallow: /jobs\n", "/jobs"), "");
  EXPECT_EQ(Forbids("User-agent: *\nDisallow: /" + std::string(1 << 20, 'a'), "/aaa"), "");
  EXPECT_EQ(Forbids("User-agent: *\nDisallow: /jobs" + std::string(9'000, '*'), "/jobs"), "");
}

TEST(Robots, AreMatchedSwiftly) {
  std::string stars;
  for (int i = 0; i < 4'000; ++i) stars += "*a";
  std::string robots = "User-agent: *\n";
  for (int i = 0; i < 50; ++i) robots += "Disallow: /" + stars + "b\n";

  EXPECT_EQ(Forbids(robots, "/" + std::string(8'000, 'a')), "");
}

}  // namespace
}  // namespace rolecall
