// Bodies of requests: where they stop being JSON, and what in them cannot be right.
#include "api/body.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gmock/gmock.h>

namespace rolecall {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;

class Body : public testing::Test {
 protected:
  boost::json::value Json(std::string_view body) {
    auto read = ReadJson(body);
    if (!read) ADD_FAILURE() << read.error().body;
    return read.value_or(boost::json::value());
  }
  std::vector<std::string> Told() const {
    std::vector<std::string> told;
    for (const Misfit& one : misfits_)
      told.push_back(fmt::format("{}: {}", fmt::join(one.place, "."), one.message));
    return told;
  }
  std::vector<Misfit> misfits_;
};

TEST_F(Body, SaysWhereItStopsBeingJson) {
  const auto broken = ReadJson("{\"a\": 1,\n \"b\": tru }");
  const auto cut = ReadJson("{\"a\": ");
  const auto more = ReadJson("{} {}");

  ASSERT_FALSE(broken);
  EXPECT_EQ(broken.error().status, 400);
  EXPECT_THAT(broken.error().body, HasSubstr("line 2, column "));
  ASSERT_FALSE(cut);
  EXPECT_THAT(cut.error().body, HasSubstr("line 1, column 7"));
  ASSERT_FALSE(more);
  EXPECT_THAT(more.error().body, HasSubstr("line 1, column 4"));
  EXPECT_FALSE(ReadJson(" \n"));
}

TEST_F(Body, RefusesWhatIsTooDeepOrNotUtf8) {
  EXPECT_TRUE(ReadJson(std::string(30, '[') + std::string(30, ']')));
  EXPECT_FALSE(ReadJson(std::string(40, '[') + std::string(40, ']')));
  EXPECT_FALSE(ReadJson(std::string(100'000, '[')));
  EXPECT_FALSE(ReadJson("\"\xff\""));
}

TEST_F(Body, ReadsEachKindOfField) {
  const auto json = Json(R"({"t": "x", "f": true, "n": 5, "l": ["a", "b"], "o": {"u": "y"}})");

  Fields fields(json, {"body"}, misfits_);
  EXPECT_EQ(fields.Text("t"), "x");
  EXPECT_TRUE(fields.Flag("f"));
  EXPECT_EQ(fields.Number("n", 1, 5), 5);
  EXPECT_THAT(fields.Texts("l"), ElementsAre("a", "b"));
  Fields inner = fields.Object("o");
  EXPECT_EQ(inner.Text("u"), "y");
  inner.Close();
  fields.Close();

  EXPECT_THAT(Told(), ElementsAre());
}

TEST_F(Body, TellsEverythingThatCannotBeRightWithItsPlace) {
  const auto json = Json(R"({"t": 1, "f": "true", "n": 5.5, "l": ["a", 2], "o": [], "tokn": "x"})");

  Fields fields(json, {"body", "0"}, misfits_);
  fields.Text("t");
  fields.Flag("f");
  fields.Number("n", 1, 9);
  fields.Texts("l");
  fields.Object("o").Text("u");
  fields.Text("token");
  fields.Close();

  EXPECT_THAT(
      Told(),
      ElementsAre("body.0.t: must be a text", "body.0.f: must be true or false",
                  "body.0.n: must be a whole number from 1 to 9", "body.0.l.1: must be a text",
                  "body.0.o: must be an object", "body.0.token: is missing",
                  "body.0.tokn: is no field that is known here. Did you mean token?"));
}

TEST_F(Body, TakesNullForAFieldThatIsLeftOut) {
  const auto json = Json(R"({"a": null, "b": null})");

  Fields fields(json, {"body"}, misfits_);
  EXPECT_FALSE(fields.MaybeText("a"));
  EXPECT_FALSE(fields.MaybeNumber("c"));
  EXPECT_FALSE(fields.MaybeObject("c"));
  EXPECT_EQ(fields.Text("b"), "");
  fields.Close();

  EXPECT_THAT(Told(), ElementsAre("body.b: is missing"));
}

TEST_F(Body, SaysOnceThatAValueIsNoObject) {
  const auto json = Json("[1]");

  Fields fields(json, {"body"}, misfits_);
  EXPECT_EQ(fields.Text("token"), "");
  EXPECT_EQ(fields.Object("o").Text("t"), "");
  fields.Close();

  EXPECT_THAT(Told(), ElementsAre("body: must be an object"));
}

TEST_F(Body, HoldsTextsAndListsToTheirSize) {
  const auto json = Json(R"({"short": "", "long": "abcdef", "list": ["a", "b", "c"]})");

  Fields fields(json, {"body"}, misfits_);
  fields.Text("short", {.least = 1});
  fields.Text("long", {.most = 5});
  fields.Texts("list", 2);

  EXPECT_THAT(Told(),
              ElementsAre("body.short: must not be empty", "body.long: must have at most 5 bytes",
                          "body.list: must have at most 2 elements"));
}

TEST_F(Body, ReadsTextsAndTellsEachThatIsNone) {
  const auto json = Json(R"({"l": ["a", "", 1], "m": ["a", "b"]})");

  Fields fields(json, {"body"}, misfits_);
  const auto none = fields.MaybeTexts("l", 10, {.least = 1});
  const auto both = fields.MaybeTexts("m", 10, {.least = 1});

  EXPECT_EQ(none, std::nullopt);
  EXPECT_THAT(both.value_or(std::vector<std::string>()), ElementsAre("a", "b"));
  EXPECT_THAT(Told(), ElementsAre("body.l.1: must not be empty", "body.l.2: must be a text"));
}

TEST_F(Body, TellsAHundredMistakesAndThatThereAreMore) {
  std::string hundred = R"({"key 0": 0)";
  for (int key = 1; key < 100; ++key) hundred += fmt::format(R"(,"key {}": 0)", key);
  const auto fits = Json(hundred + "}");
  const auto over = Json(hundred + R"(,"key 100": 0})");

  Fields(fits, {"body"}, misfits_).Close();
  EXPECT_THAT(Told(), SizeIs(100));
  EXPECT_THAT(Told(), Not(Contains(HasSubstr("more"))));
  misfits_.clear();
  Fields(over, {"body"}, misfits_).Close();

  EXPECT_THAT(Told(), SizeIs(101));
  EXPECT_EQ(Told().back(), "body: has more mistakes than these 100");
}

TEST_F(Body, IsNotAnsweredWithMoreThanItsOwnSizeForManyMistakes) {
  std::string body = "{\"a\":0";
  for (int key = 0; body.size() < 1'000'000; ++key) body += fmt::format(R"(,"{}":0)", key);
  const auto fields = Json(body + "}");
  const auto no_list = Json("1");

  Fields(fields, {"body"}, misfits_).Close();
  for (int count = 0; count < 1'000; ++count) Items(no_list, {"body"}, 1, misfits_);
  for (int count = 0; count < 1'000; ++count) const Fields none(no_list, {"body"}, misfits_);

  EXPECT_THAT(misfits_, SizeIs(101));
  EXPECT_LT(Unprocessable(misfits_).body.size(), 20'000U);
}

TEST_F(Body, LetsTheLastOfTwoEqualKeysCount) {
  const auto json = Json(R"({"t": "first", "t": "last"})");

  EXPECT_EQ(Fields(json, {"body"}, misfits_).Text("t"), "last");
}

}  // namespace
}  // namespace rolecall
