// What a query says, and which jobs fit it.
#include "search/sought_words.h"

#include <gtest/gtest.h>

namespace rolecall {
namespace {

const SoughtJob kCook{.title = "Senior Köchin (Night)",
                      .company = "acme-foods",
                      .places = "Zürich, Switzerland; Bern",
                      .workplace = "on_site",
                      .is_new = true};

bool Fits(std::string_view query, const SoughtJob& job = kCook) {
  return SoughtWords(query).Fit(job);
}

TEST(SoughtWords, BeginWordsOfTitleCompanyAndPlaces) {
  for (const char* query : {"kochin", "KÖCH", "acme zurich", "night switz", "foods", "", "  "})
    EXPECT_TRUE(Fits(query)) << query;
  for (const char* query : {"baker", "kochin rome", "nightzurich", "ochin", "nigh-senior"})
    EXPECT_FALSE(Fits(query)) << query;
}

TEST(SoughtWords, AreExcludedAsWholeWords) {
  EXPECT_FALSE(Fits("-senior"));
  EXPECT_FALSE(Fits("kochin -night"));
  EXPECT_TRUE(Fits("kochin -sen"));
  EXPECT_FALSE(Fits("-\"senior kochin\""));
  EXPECT_TRUE(Fits("-\"kochin senior\""));
}

TEST(SoughtWords, AreExactWithinQuotes) {
  EXPECT_TRUE(Fits("\"senior kochin\""));
  EXPECT_FALSE(Fits("\"kochin senior\""));
  EXPECT_FALSE(Fits("\"koch\""));
  EXPECT_TRUE(Fits("\"senior kochin")) << "a quote that is not closed ends with the text";
}

TEST(SoughtWords, AreAboutACompanyOrAPlaceWhereTheySaySo) {
  EXPECT_TRUE(Fits("company:acme place:bern"));
  EXPECT_TRUE(Fits("company:\"Acme Foods\" place:\"zurich, switz\""));
  EXPECT_TRUE(Fits("company:bolt company:acme"));
  EXPECT_FALSE(Fits("company:bolt"));
  EXPECT_FALSE(Fits("place:acme"));
  EXPECT_FALSE(Fits("place:kochin"));
}

TEST(SoughtWords, AreAboutAWholeNameOfAPlaceWhereTheySayIn) {
  EXPECT_TRUE(Fits("in:bern"));
  EXPECT_TRUE(Fits("in:ZURICH in:rome"));
  EXPECT_TRUE(Fits("in:switzerland place:ber"));
  EXPECT_TRUE(Fits("in:\"New York\"", {.title = "Cook", .places = "New  york, NY"}));
  EXPECT_FALSE(Fits("in:ber"));
  EXPECT_FALSE(Fits("in:york", {.title = "Cook", .places = "New York, NY"}));
  EXPECT_FALSE(Fits("in:acme-foods"));
  EXPECT_FALSE(Fits("in:bern", {.title = "Cook", .places = ""}));
}

TEST(SoughtWords, OfRemoteWorkAreAboutTheWorkplaceToo) {
  EXPECT_FALSE(Fits("remote"));
  EXPECT_TRUE(
      Fits("remote", {.title = "Cook", .company = "a", .places = "", .workplace = "remote"}));
  EXPECT_TRUE(Fits("is:remote", {.title = "Cook", .company = "a", .places = "Remote - US"}));
}

TEST(SoughtWords, TellWhatIsNewAndSinceWhen) {
  EXPECT_TRUE(Fits("is:new"));
  EXPECT_FALSE(Fits("is:new", {.title = "Cook", .company = "a"}));
  EXPECT_EQ(SoughtWords("cook since:7d since:2w").since(), "2w");
  EXPECT_TRUE(SoughtWords("since:7d").empty()) << "its caller applies it";
}

TEST(SoughtWords, ThatAreNoOperatorsAreWords) {
  EXPECT_FALSE(Fits("colour:red"));
  EXPECT_FALSE(Fits("colour:\"dark red\""));
  EXPECT_TRUE(Fits("colour:\"dark red\"", {.title = "A colour:dark red one", .company = "a"}));
  EXPECT_TRUE(Fits("https://x", {.title = "See https://x", .company = "a"}));
  EXPECT_TRUE(Fits("company:", {.title = "Company: X", .company = "a"}));
  EXPECT_TRUE(Fits("is:old", {.title = "it is:old", .company = "a"}));
  EXPECT_TRUE(Fits("-", {.title = "Cook - Night", .company = "a"}));
  EXPECT_TRUE(SoughtWords("\" - () :").empty()) << "signs alone are looked for nowhere";
  EXPECT_TRUE(Fits("15\"", {.title = "Screens of 15\"", .company = "a"}));
}

TEST(SoughtWords, KnowWhereTheyStoodInTheQuery) {
  const SoughtWords words("  node.js   -lead C++ place:bern");

  ASSERT_EQ(words.words().size(), 2U);
  EXPECT_EQ(words.line().substr(words.words()[1].begin, 3), "C++");
  EXPECT_EQ(words.words()[0].parts, (std::vector<std::string>{"node", "js"}));
  EXPECT_EQ(words.words()[1].parts, (std::vector<std::string>{"c++"}));
}

TEST(SoughtWords, MayBeAnyBytes) {
  EXPECT_TRUE(Fits("การ", {.title = "วิศวกรการ", .company = "a"}));
  for (const std::string& query :
       {std::string("a\0b", 3), std::string("\xff\xfe\""), std::string("\"\"\"\" -\"\" : :: -- -"),
        std::string(10'000, 'x'), std::string(5'000, '"'), std::string("company:\"\" place:")})
    Fits(query);
}

}  // namespace
}  // namespace rolecall
