// Where JSON ends in a script.
#include "content/json_in_text.h"

#include <gtest/gtest.h>

#include <string>

namespace rolecall {
namespace {

TEST(JsonIn, EndsAtTheBracketThatClosesIt) {
  EXPECT_EQ(JsonIn(R"(window.pageData = {"a":[1,{"b":2}]}; var c = {};)"), R"({"a":[1,{"b":2}]})");
  EXPECT_EQ(JsonIn("data([[1],[2]]);"), "[[1],[2]]");
}

TEST(JsonIn, CountsNoBracketsOfTexts) {
  EXPECT_EQ(JsonIn(R"(x = {"a":"};","b":"\"}","c":"\\"};})"), R"({"a":"};","b":"\"}","c":"\\"})");
}

TEST(JsonIn, IsNothingWhereItNeverEnds) {
  EXPECT_EQ(JsonIn(""), "");
  EXPECT_EQ(JsonIn("no brackets"), "");
  EXPECT_EQ(JsonIn(R"({"a":[1})"), "");
  EXPECT_EQ(JsonIn(R"({"a":"never ends}})"), "");
  EXPECT_EQ(JsonIn(R"({"a":"\)"), "");
  EXPECT_EQ(JsonIn(std::string(1 << 20, '{')), "");
}

TEST(JsonBehind, TakesNothingThatStandsFurtherBehind) {
  EXPECT_EQ(*JsonBehind("key =\n {}", {"key ="}), "{}");
  EXPECT_FALSE(JsonBehind("key = null; other = {};", {"key ="}));
}

TEST(JsonBehind, LooksForEachMarkerBehindTheOneBefore) {
  EXPECT_EQ(*JsonBehind(R"(data:[1], key, data:{"a":2};)", {"key", "data:"}), R"({"a":2})");
  EXPECT_EQ(JsonBehind("data:[1], key", {"key", "data:"}).error().message,
            "a page without \"data:\"");
  EXPECT_EQ(JsonBehind("key: {", {"key:"}).error().message, "no JSON that ends behind \"key:\"");
}

}  // namespace
}  // namespace rolecall
