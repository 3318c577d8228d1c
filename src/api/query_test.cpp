// What stands in a query, and what is refused.
#include "api/query.h"

#include <gmock/gmock.h>

#include <array>
#include <limits>

#include "api/handler.h"

namespace rolecall {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

Request Asking(std::string query) {
  return {.method = "GET", .path = "/", .query = std::move(query)};
}

// The number, or the sentence that refuses it.
std::string Limit(std::string query) {
  const auto number =
      NumberOf(Asking(std::move(query)), "limit", {.otherwise = 50, .least = 1, .most = 500});
  return number ? std::to_string(*number) : number.error().message;
}

TEST(Query, TakesValuesThatComeAgainOrWithCommasEachOnce) {
  const auto values =
      ValuesOf(Asking("company=acme&x=1&company=b%C3%A4r,,+acme+,c%2Cd&compan=y"), "company");

  ASSERT_TRUE(values);
  EXPECT_THAT(*values, ElementsAre("acme", "bär", "c", "d"));
  EXPECT_THAT(ValuesOf(Asking("company="), "company").value(), ElementsAre());
}

TEST(Query, RefusesABrokenEscapeByName) {
  const auto value = ValueOf(Asking("q=%zz"), "q");

  ASSERT_FALSE(value);
  EXPECT_THAT(value.error().place, ElementsAre("query", "q"));
  EXPECT_THAT(value.error().message, HasSubstr("q must be percent-encoded"));
  EXPECT_THAT(Limit("limit=%"), HasSubstr("limit"));
}

TEST(Query, TakesOnlyWholeNumbersInTheirRange) {
  EXPECT_EQ(Limit(""), "50");
  EXPECT_EQ(Limit("limit="), "50");
  EXPECT_EQ(Limit("limit=1"), "1");
  EXPECT_EQ(Limit("limit=500&limit=9"), "500");
  for (const char* odd : {"0", "501", "-1", "1.0", "1e2", "0x10", "%201", "1%20", "%2B1", "ten",
                          "99999999999999999999"})
    EXPECT_THAT(Limit(std::string("limit=") + odd),
                HasSubstr("limit must be a whole number from 1 to 500, and is"))
        << odd;
}

TEST(Query, CapsANumberWhereThatIsAskedForAndRefusesTheOthers) {
  const auto capped = [](std::string query) {
    return CappedNumberOf(Asking(std::move(query)), "limit",
                          {.otherwise = 50, .least = 1, .most = 500});
  };

  EXPECT_EQ(capped("").value(), 50);
  EXPECT_EQ(capped("limit=500").value(), 500);
  EXPECT_EQ(capped("limit=501").value(), 500);
  for (const char* odd : {"limit=0", "limit=-1", "limit=x", "limit=99999999999999999999"})
    EXPECT_FALSE(capped(odd)) << odd;
}

TEST(Query, TakesAChoiceOrTheFirst) {
  constexpr std::array<std::string_view, 2> kForms{"csv", "jsonl"};

  EXPECT_EQ(ChoiceOf(Asking(""), "format", kForms).value(), "csv");
  EXPECT_EQ(ChoiceOf(Asking("format=jsonl"), "format", kForms).value(), "jsonl");
  EXPECT_EQ(ChoiceOf(Asking("format=CSV"), "format", kForms).error().message,
            "format must be one of csv, jsonl, and is \"CSV\".");
}

TEST(Query, TakesATimeOrADay) {
  const Timestamp day = *FromIso("2026-11-24T00:00:00.000Z");

  EXPECT_EQ(SinceOf(Asking("since=2026-11-24"), "since", day).value(), day);
  EXPECT_EQ(SinceOf(Asking("since=2026-11-24T00%3A00:00.250Z"), "since", day).value(),
            day + std::chrono::milliseconds(250));
  EXPECT_EQ(SinceOf(Asking("since=2d"), "since", day).value(), day - std::chrono::days(2));
  EXPECT_EQ(SinceOf(Asking(""), "since", day).value(), std::nullopt);
  EXPECT_THAT(SinceOf(Asking("since=yesterday"), "since", day).error().message,
              HasSubstr("since must be a time ago such as 7d"));
}

TEST(Path, NamesOnlyIdsThatCanBe) {
  EXPECT_EQ(IdOf("9223372036854775807", "run").value(), std::numeric_limits<std::int64_t>::max());
  for (const char* odd : {"", "0", "-1", "1a", " 1", "+1", "9223372036854775808"})
    EXPECT_EQ(IdOf(odd, "run").error().code, Errc::kNotFound) << odd;
}

}  // namespace
}  // namespace rolecall
