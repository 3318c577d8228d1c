// How the holes of URLs and bodies are filled.
#include "boards/template.h"

#include <gtest/gtest.h>

namespace rolecall {
namespace {

const std::vector<std::string> kNames{"token", "id", "offset"};

std::string Filled(std::string_view text, const Holes& holes) {
  return Template::Read(text, kNames, Template::Braces::kRefused)->Fill(holes);
}

TEST(Template, EncodesAHoleAsOnePartOfAPath) {
  EXPECT_EQ(Filled("https://x.com/{token}/jobs", {{"token", "a b/../c?d#ü"}}),
            "https://x.com/a%20b%2F..%2Fc%3Fd%23%C3%BC/jobs");
}

TEST(Template, KeepsTheSlashesOfAPath) {
  EXPECT_EQ(Filled("https://x.com{id:path}", {{"id", "/job/Köln/A B_R1"}}),
            "https://x.com/job/K%C3%B6ln/A%20B_R1");
}

TEST(Template, LeavesARawHoleAsItIs) {
  EXPECT_EQ(Filled("https://x.com/?q={id:raw}", {{"id", "a&b"}}), "https://x.com/?q=a&b");
}

TEST(Template, RefusesAHoleThatNothingFills) {
  const auto read = Template::Read("{offest}", kNames, Template::Braces::kLiteral);

  EXPECT_EQ(read.error().message,
            "nothing fills {offest}; there are token, id, offset. Did you mean offset?");
}

TEST(Template, RefusesBracesThatMakeNoHoleInAUrl) {
  for (const char* wrong : {"https://x.com/{to ken}", "https://x.com/{token:whole}", "{token", "}"})
    EXPECT_FALSE(Template::Read(wrong, kNames, Template::Braces::kRefused)) << wrong;
}

TEST(Template, LeavesTheBracesOfABodyAlone) {
  const auto body = Template::Read(R"({"appliedFacets":{},"offset":{offset}})", kNames,
                                   Template::Braces::kLiteral);

  EXPECT_EQ(body->Fill({{"offset", "20"}}), R"({"appliedFacets":{},"offset":20})");
}

TEST(Template, KnowsItsHoles) {
  const auto read = Template::Read("offset/{token}", kNames, Template::Braces::kRefused);

  EXPECT_TRUE(read->Has("token"));
  EXPECT_FALSE(read->Has("offset"));
}

}  // namespace
}  // namespace rolecall
