// What a job's own answer states of it, in the words of a listing, and where it may say so.
#include "boards/answer_facts.h"

#include <gtest/gtest.h>

#include "tests/support/readings.h"
#include "tests/support/worded_board.h"

namespace rolecall {
namespace {

// Of job 7, where [content] has these lines.
std::optional<JobFacts> AnswerFactsBy(std::string_view lines, const std::string& answer) {
  const BoardAddress board = BoardWith(ContentByRequest(lines));
  CannedFetcher fetcher([&](const FetchRequest&) { return Ok(answer); });
  const auto content = ReadContent(board, {"7", "", ""}, fetcher, {});
  if (!content) return JobFacts{.posted = content.error().message};
  return content->facts;
}

constexpr std::string_view kAllWords = R"(description = "/job/text"
posted = "/job/at"
workplace = { remote = "/job/far", hybrid = "/job/half" }
department = "/job/teams/*/name"
salary = { least = "/job/pay/0", most = "/job/pay/1", currency = "/job/in" })";

TEST(AnswerFacts, AreStatedInTheWordsOfAListing) {
  EXPECT_EQ(
      AnswerFactsBy(kAllWords,
                    R"({"job":{"text":"Soup","at":1764205361939,"far":true,"half":false,"in":"EUR",
"pay":[50000,60000.0],"teams":[{"name":"Kitchen"},{"name":"Food"},{"name":7}]}})"),
      (JobFacts{.posted = "1764205361939",
                .workplace = "remote",
                .department = "Kitchen; Food",
                .salary = "EUR 50,000–60,000"}));
}

TEST(AnswerFacts, OfAnotherTypeAreNotStated) {
  EXPECT_EQ(AnswerFactsBy(
                kAllWords,
                R"({"job":{"text":"Soup","at":{"day":1},"far":"yes","half":null,"pay":"much"}})"),
            JobFacts{});
}

TEST(AnswerFacts, StandBehindTheMarkersOfAPage) {
  EXPECT_EQ(AnswerFactsBy("behind = [\"data(\"]\ndescription = \"/text\"\nposted = \"/at\"",
                          R"(<script>data({"text":"Soup","at":"2026-01-02"});</script>)"),
            JobFacts{.posted = "2026-01-02"});
}

TEST(AnswerFacts, AreNothingWhereNoWordSaysThem) {
  EXPECT_EQ(AnswerFactsBy("description = \"/text\"", R"({"text":"Soup"})"), std::nullopt);
}

constexpr std::string_view kPostedJob =
    R"(<script type="application/ld+json">{"@type":"JobPosting","description":"Soup",
"datePosted":"2026-01-02","jobLocationType":"TELECOMMUTE","baseSalary":{"currency":"EUR",
"value":{"minValue":20,"unitText":"HOUR"}}}</script>)";

TEST(AnswerFacts, AreWhatAPostingSays) {
  EXPECT_EQ(AnswerFactsBy("form = \"json_ld\"", std::string(kPostedJob)),
            (JobFacts{.posted = "2026-01-02",
                      .workplace = "remote",
                      .department = {},
                      .salary = "EUR from 20 an hour"}));
}

TEST(AnswerFacts, AreNothingOnAPageWithoutAPosting) {
  EXPECT_EQ(AnswerFactsBy("form = \"json_ld\"\ntext_of = ['class=\"text\"']",
                          "<div class=\"text\">Soup</div>"),
            std::nullopt);
}

TEST(AnswerFacts, AreRefusedWhereNoJsonIsAskedFor) {
  const std::string why =
      "is read of JSON that is asked for (content.url); that of the list is in fields, that of a "
      "page in its JSON-LD by itself";

  EXPECT_EQ(ReadWords(ContentByRequest("form = \"json_ld\"\nposted = \"/at\"")).error().message,
            "board definition test.toml: content.posted: " + why);
  EXPECT_EQ(ReadWords({.content = "department = \"/team\""}).error().message,
            "board definition test.toml: content.department: " + why);
}

}  // namespace
}  // namespace rolecall
