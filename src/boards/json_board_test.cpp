// What is not the promised body is an error that says what was found, never an empty list.
#include "boards/json_board.h"

#include <gtest/gtest.h>

#include "domain/board_text.h"
#include "tests/support/board_answers.h"
#include "tests/support/readings.h"

namespace rolecall {
namespace {

std::string JsonTrouble(std::string_view body) {
  const auto page = ReadPage(Acme("greenhouse"), {}, body);
  return page ? fmt::format("{} jobs", page->jobs.size()) : page.error().message;
}

TEST(ReadPage, RefusesABodyWithoutAList) {
  EXPECT_EQ(JsonTrouble("{}"), "greenhouse acme: no \"jobs\" array in 2 bytes: {}");
  EXPECT_EQ(JsonTrouble(R"({"jobs":null})"),
            R"(greenhouse acme: "jobs" is null, no array, in 13 bytes: {"jobs":null})");
  EXPECT_EQ(JsonTrouble(R"({"jobs":{"1":{}}})"),
            R"(greenhouse acme: "jobs" is an object, no array, in 17 bytes: {"jobs":{"1":{}}})");
  EXPECT_EQ(JsonTrouble(R"({"meta":{"jobs":[]}})"),
            R"(greenhouse acme: no "jobs" array in 20 bytes: {"meta":{"jobs":[]}})");
}

TEST(ReadPage, RefusesABodyThatIsNoJsonObject) {
  EXPECT_EQ(JsonTrouble(""), "greenhouse acme: an empty answer");
  EXPECT_EQ(JsonTrouble(" \n"), "greenhouse acme: an empty answer in 2 bytes: ");
  EXPECT_EQ(JsonTrouble("[]"), "greenhouse acme: no JSON object in 2 bytes: []");
  EXPECT_TRUE(
      JsonTrouble("<html><body>Down</body></html>").starts_with("greenhouse acme: no JSON"));
  EXPECT_TRUE(
      JsonTrouble("<html><body>Down</body></html>").ends_with("<html><body>Down</body></html>"));
  EXPECT_TRUE(JsonTrouble("null").starts_with("greenhouse acme: no JSON"));
  EXPECT_TRUE(JsonTrouble("\"jobs\"").starts_with("greenhouse acme: no JSON"));
}

TEST(ReadPage, RefusesABodyThatIsCutAnywhere) {
  const std::string body = GreenhouseList(GreenhouseEntries(3));
  ASSERT_EQ(JsonTrouble(body), "3 jobs");

  for (std::size_t size = 0; size < body.size(); ++size)
    EXPECT_FALSE(ReadPage(Acme("greenhouse"), {}, body.substr(0, size))) << body.substr(0, size);
}

TEST(ReadPage, RefusesASecondValueBehindTheFirst) {
  EXPECT_FALSE(ReadPage(Acme("greenhouse"), {}, R"({"jobs":[]}{"jobs":[]})"));
  EXPECT_FALSE(ReadPage(Acme("greenhouse"), {}, R"({"jobs":[]} x)"));
}

TEST(ReadPage, CountsEntriesWithoutIdTitleOrUrl) {
  const auto page = ReadPage(Acme("greenhouse"), {},
                             GreenhouseList({{},
                                             {.id = "null"},
                                             {.id = "true"},
                                             {.id = R"(" ")"},
                                             {.id = "5", .title = R"("")"},
                                             {.id = "6", .title = "[\"Cook\"]"},
                                             {.id = "7", .url = R"("javascript:alert")"},
                                             {.id = "8", .url = "null"}}));

  ASSERT_TRUE(page) << page.error().message;
  EXPECT_EQ(page->jobs.size(), 1);
  std::vector<std::string> told, ids;
  for (const UnreadEntry& entry : page->unreadable) {
    told.push_back(fmt::format("{}: {}", entry.place, entry.what));
    ids.push_back(entry.external_id);
  }
  EXPECT_EQ(told, (std::vector<std::string>{
                      "2: an entry without id (Cook)", "3: an entry without id (Cook)",
                      "4: an entry without id (Cook)", "5: an entry without title (5)",
                      "6: an entry without title (6)", "7: an entry without URL (7)",
                      "8: an entry without URL (8)"}));
  EXPECT_EQ(ids, (std::vector<std::string>{"", "", "", "5", "6", "7", "8"}));
}

TEST(ReadPage, TakesNoIdOrAddressBeyondItsLength) {
  const auto quoted = [](std::size_t size, const std::string& begin = "") {
    return "\"" + begin + std::string(size - begin.size(), '1') + "\"";
  };
  const std::string web = "https://x.com/";
  const auto page = ReadPage(Acme("greenhouse"), {},
                             GreenhouseList({{.id = quoted(kLongestId)},
                                             {.id = quoted(kLongestId + 1)},
                                             {.id = "2", .url = quoted(kLongestUrl, web)},
                                             {.id = "3", .url = quoted(kLongestUrl + 1, web)},
                                             {.id = "4", .title = quoted(9'000)}}));

  ASSERT_TRUE(page);
  ASSERT_EQ(page->jobs.size(), 3u);
  EXPECT_LE(page->jobs[2].title.size(), kLongestLine);
  ASSERT_EQ(page->unreadable.size(), 2u);
  EXPECT_TRUE(page->unreadable[0].what.starts_with("an entry with too long an id ("));
  EXPECT_TRUE(page->unreadable[1].what.starts_with("an entry with too long an address ("));
}

TEST(ReadPage, TellsAnUnreadableEntryByWhatItHoldsAndByItsDigest) {
  const auto entry_of = [](std::string_view entry) {
    const auto page = ReadPage(
        Acme("workday"), {},
        fmt::format(
            R"({{"total":2,"jobPostings":[{}, {{"title":"Cook","externalPath":"/job/C_R1"}}]}})",
            entry));
    return page ? page->unreadable.at(0) : UnreadEntry{.what = page.error().message};
  };

  const UnreadEntry entry = entry_of(R"({"bulletFields":["RQ222505"]})");

  EXPECT_EQ(entry.what, R"(an entry without id ({"bulletFields":["RQ222505"]}))");
  EXPECT_EQ(entry.place, 1);
  EXPECT_EQ(entry.requisition, "RQ222505");
  EXPECT_EQ(entry.external_id, "");
  EXPECT_EQ(entry_of(R"(  {"bulletFields":["RQ222505"]} )").digest, entry.digest);
  EXPECT_NE(entry_of(R"({"bulletFields":["RQ222506"]})").digest, entry.digest);
  EXPECT_EQ(entry_of(R"({"externalPath":"/job/Berlin/Cook_R-7"})").external_id, "R-7");
}

TEST(ReadPage, CountsEntriesThatAreNoObjects) {
  const auto page = ReadPage(Acme("greenhouse"), {},
                             R"({"jobs":[null,7,[],)" + Json(GreenhouseEntry{}) + R"(]})");

  ASSERT_TRUE(page) << page.error().message;
  EXPECT_EQ(page->jobs.size(), 1);
  std::vector<std::string> told;
  for (const UnreadEntry& entry : page->unreadable) told.push_back(entry.what);
  EXPECT_EQ(told, (std::vector<std::string>{"an entry that is null, no object (null)",
                                            "an entry that is a number, no object (7)",
                                            "an entry that is an array, no object ([])"}));
}

TEST(ReadPage, TakesNoTotalFromWhatIsNoWholeNumber) {
  for (const char* total : {"\"5\"", "null", "5.5", "-5", "99999999999", "[5]"})
    EXPECT_EQ(ReadPage(Acme("greenhouse"), {},
                       fmt::format(R"({{"meta":{{"total":{}}},"jobs":[]}})", total))
                  ->total,
              std::nullopt)
        << total;
  EXPECT_EQ(ReadPage(Acme("greenhouse"), {}, R"({"meta":{"total":5},"jobs":[]})")->total, 5);
}

TEST(ReadPage, KeepsAnIdThatIsLargerThanAnyNumber) {
  const auto page =
      ReadPage(Acme("greenhouse"), {}, GreenhouseList({{.id = "123456789012345678901234567890"}}));

  EXPECT_EQ(page->jobs.at(0).external_id, "123456789012345678901234567890");
}

TEST(ReadPage, RefusesANumberThatIsNone) {
  EXPECT_FALSE(ReadPage(Acme("greenhouse"), {}, GreenhouseList({{}, {.id = "12abc"}})));
}

TEST(ReadPage, BearsAPlaceThatIsNestedAbsurdlyDeep) {
  const std::string deep = std::string(50'000, '[') + std::string(50'000, ']');
  const auto page = ReadPage(Acme("greenhouse"), {}, GreenhouseList({{.location = deep}}));

  EXPECT_TRUE(!page || page->jobs.at(0).location.empty());
}

TEST(ReadPage, ReadsKeysAndTextsWithEscapes) {
  const auto page = ReadPage(
      Acme("greenhouse"), {},
      R"({"j\u006fbs":[{"id":1,"t\u0069tle":"C\u00f6ok \ud83c\udf72","absolute_url":"https://x.com/1"}]})");

  ASSERT_TRUE(page) << page.error().message;
  EXPECT_EQ(page->jobs.at(0).title, "Cöok 🍲");
}

TEST(ReadValue, FindsAValueAtAPointer) {
  EXPECT_EQ(*ReadValue(R"({"info":{"a/b":"text"}})", {"info", "a/b"}), "text");
  EXPECT_EQ(*ReadValue(R"({"info":{"id":7}})", {"info", "id"}), "7");
  EXPECT_EQ(*ReadValue(R"({"info":{"id":7}})", {"info"}), "{}");
}

TEST(ReadValue, FindsNothingWhereNothingIs) {
  for (const char* body : {"{}", R"({"info":null})", R"({"info":[]})", R"({"info":{"text":null}})",
                           R"({"info":{"text":{"x":1}}})"})
    EXPECT_FALSE(ReadValue(body, {"info", "text", "x", "y"})->has_value()) << body;
}

TEST(ReadValue, RefusesABodyThatIsCutBehindTheValue) {
  const std::string body = R"({"info":{"text":"soup"},"more":[1,2]})";

  for (std::size_t size = 0; size < body.size(); ++size)
    EXPECT_FALSE(ReadValue(body.substr(0, size), {"info", "text"})) << body.substr(0, size);
}

}  // namespace
}  // namespace rolecall
