// What the careers sites of SuccessFactors do that would mislead a reading of their feed.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/support/readings.h"
#include "tests/support/registry.h"

namespace rolecall {
namespace {

BoardAddress FeedBoard() { return *FindBoard("successfactors", "jobs.acme.example"); }

std::string FeedItem(std::string_view id, std::string_view title, std::string_view place) {
  return fmt::format(
      "<item><title>{1}</title><link>https://jobs.acme.example/job/x/{0}/</link><g:id>{0}</g:id>"
      "<g:location>{2}</g:location></item>",
      id, title, place);
}

std::string FeedOf(std::string_view items) {
  return fmt::format(
      "<rss version=\"2.0\" xmlns:g=\"http://base.google.com/ns/1.0\"><channel>"
      "<title>Acme</title>{}</channel></rss>",
      items);
}

BoardReading ReadFeed(std::string_view items) { return ReadBody(FeedBoard(), FeedOf(items)); }

std::string TitleOf(std::string_view title, std::string_view place) {
  return JobsOf(ReadFeed(FeedItem("7", title, place))).at(0).title;
}

TEST(SuccessFactors, TheFeedIsAskedForByItsOwnSpelling) {
  CannedFetcher fetcher([](const FetchRequest&) { return Response{.status = 404}; });

  const auto reading = *ReadBoard(FeedBoard(), {}, {}, fetcher, {});

  EXPECT_EQ(fetcher.asked().front().url, "https://jobs.acme.example/sitemal.xml");
  EXPECT_EQ(CompletenessOf(reading.listing), Completeness::kFailed);
}

TEST(SuccessFactors, ThePlaceIsTakenOffATitleThatRepeatsIt) {
  EXPECT_EQ(TitleOf("Cook (Köln, DE)", "Köln, DE"), "Cook");
  EXPECT_EQ(TitleOf("Cook (m/w/d) (KÖLN,  DE) ", " Köln, DE"), "Cook (m/w/d)");
  EXPECT_EQ(TitleOf("Cook (Köln (Süd), DE)", "Köln (Süd), DE"), "Cook");
}

TEST(SuccessFactors, AnotherPlaceOrNoneStaysInTheTitle) {
  EXPECT_EQ(TitleOf("Cook (Köln)", "Köln, DE"), "Cook (Köln)");
  EXPECT_EQ(TitleOf("Cook (Remote)", ""), "Cook (Remote)");
  EXPECT_EQ(TitleOf("Cook ()", ""), "Cook ()");
  EXPECT_EQ(TitleOf("Cook (Köln, DE) II", "Köln, DE"), "Cook (Köln, DE) II");
  EXPECT_EQ(TitleOf("Cook Köln, DE)", "Köln, DE"), "Cook Köln, DE)");
  EXPECT_EQ(TitleOf("(Köln, DE)", "Köln, DE"), "(Köln, DE)");
}

TEST(SuccessFactors, HostsOfTheVendorAreNoCompanies) {
  const auto why = [](std::string_view token) {
    const auto board = FindBoard("successfactors", token);
    return board ? "a board" : board.error().message;
  };

  for (const char* host :
       {"rmkcdn.successfactors.com", "performancemanager8.successfactors.com", "career4.sapsf.eu",
        "career8.successfactors.com", "career.successfactors.eu", "career15.sapsf.cn",
        "hcm12.sapsf.com", "successfactors.com", "cdn.acme.example", "app.acme.example",
        "rmkcdn.acme.example", "performancemanager.acme.example"})
    EXPECT_TRUE(why(host).starts_with(
        fmt::format("the token \"{}\" cannot be one of successfactors: ", host)))
        << why(host);
  EXPECT_NE(why("career4.successfactors.com").find("stop at 1,024 jobs"), std::string::npos);
  for (const char* host : {"careers.acme.example", "career4.acme.example", "basf.jobs"})
    EXPECT_EQ(why(host), "a board");
}

TEST(SuccessFactors, ATokenIsAHostAndNothingElse) {
  for (const char* token : {"acme", "10.0.0.1", "jobs.acme.example:8080", "me@jobs.acme.example",
                            "jobs.acme.example/", "https://jobs.acme.example", "a..b.example"})
    EXPECT_FALSE(FindBoard("successfactors", token)) << token;
}

TEST(SuccessFactors, AFeedIsFoundByItsAddress) {
  const auto board = BoardInAddress("https://Jobs.acme.example/sitemal.xml");

  ASSERT_TRUE(board);
  EXPECT_EQ(Traits(*board->definition).kind, "successfactors");
  EXPECT_EQ(board->token, "jobs.acme.example");
  ASSERT_TRUE(BoardInAddress("acme.jobs2web.com/job/7"));
  EXPECT_EQ(BoardInAddress("acme.jobs2web.com/job/7")->token, "acme.jobs2web.com");
}

TEST(SuccessFactors, AListingOf1024JobsIsNotComplete) {
  const auto listing_of = [](int count) {
    std::string items;
    for (int id = 0; id < count; ++id) items += FeedItem(std::to_string(id + 1), "Cook", "Köln");
    return OutcomeOf(ReadFeed(items));
  };

  EXPECT_EQ(
      listing_of(1'024),
      "partial: the board lists 1024 jobs, and such boards stop at 1024: there may be others");
  EXPECT_EQ(listing_of(1'023), "complete");
  EXPECT_EQ(listing_of(1'025), "complete");
}

TEST(SuccessFactors, ACompanyThatLeftLeadsToTheVendor) {
  const auto reading = ReadWith(FeedBoard(), [](const FetchRequest&) {
    Response home = Ok(FeedOf(FeedItem("7", "Cook", "Köln")));
    home.final_url = "https://www.sap.com/";
    return home;
  });

  EXPECT_EQ(OutcomeOf(reading), "failed: redirected to www.sap.com");
}

TEST(SuccessFactors, AFeedThatBreaksOffIsNoListing) {
  const std::string whole = FeedOf(FeedItem("7", "Cook", "Köln") + FeedItem("8", "Baker", "Bern"));

  for (const std::size_t size : {whole.size() - 1, whole.size() / 2, std::size_t{60}})
    EXPECT_EQ(CompletenessOf(ReadBody(FeedBoard(), whole.substr(0, size)).listing),
              Completeness::kFailed)
        << size;
}

TEST(SuccessFactors, AnItemWithoutNumberLeavesTheListingNotWhole) {
  std::string items;
  for (int id = 1; id <= 5; ++id) items += FeedItem(std::to_string(id), "Cook", "Köln");

  EXPECT_EQ(OutcomeOf(ReadFeed(items + "<item><title>Baker</title></item>")),
            "whole but for 1: page 1, entry 6: an entry without id (Baker)");
}

}  // namespace
}  // namespace rolecall
