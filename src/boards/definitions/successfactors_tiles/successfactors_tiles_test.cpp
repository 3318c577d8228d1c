// What the tiles of SuccessFactors' careers sites do that would mislead a reading.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/support/readings.h"
#include "tests/support/registry.h"

namespace rolecall {
namespace {

BoardAddress TileBoard() { return *FindBoard("successfactors_tiles", "jobs.acme.example"); }

std::string TilesFrom(int first, int count) {
  std::string tiles = "<!DOCTYPE html>\n";
  for (int id = first; id < first + count; ++id)
    tiles += fmt::format(
        "<li class=\"job-tile job-id-{0} x\" data-url=\"/job/Cook/{0}/\" "
        "data-focus-tile=\".job-id-{0}\"><a class=\"jobTitle-link\" href=\"/job/Cook/{0}/\">Cook"
        "</a></li>",
        id);
  return tiles;
}

// A site of so many jobs that shows so many at once.
BoardReading ReadTiles(int jobs, int at_once, std::vector<std::string>* asked = nullptr) {
  return ReadWith(TileBoard(), [=](const FetchRequest& request) {
    if (asked != nullptr) asked->push_back(request.url);
    const int from = std::stoi(request.url.substr(request.url.find('=') + 1));
    return Ok(TilesFrom(1 + from, std::clamp(jobs - from, 0, at_once)));
  });
}

// Answers in turn, and then as a site does behind its last tile.
BoardReading ReadTilesInTurn(const std::vector<std::string>& pages) {
  return ReadWith(TileBoard(), [&pages, next = std::size_t{0}](const FetchRequest&) mutable {
    return Ok(next < pages.size() ? pages[next++] : TilesFrom(0, 0));
  });
}

TEST(SuccessFactorsTiles, PagesGoOnByAsManyRowsAsCame) {
  std::vector<std::string> asked;

  const auto of_25 = ReadTiles(60, 25, &asked);
  const auto of_100 = ReadTiles(230, 100);

  EXPECT_EQ(OutcomeOf(of_25), "complete");
  EXPECT_EQ(JobsOf(of_25).size(), 60);
  EXPECT_EQ(asked.at(2), "https://jobs.acme.example/tile-search-results/?startrow=50");
  EXPECT_EQ(OutcomeOf(of_100), "complete");
  EXPECT_EQ(JobsOf(of_100).size(), 230);
  EXPECT_EQ(of_100.requests, 4);
}

TEST(SuccessFactorsTiles, APageThatOnlyLooksEmptyProvesNoEnd) {
  const std::string none_found = R"(<ul class="job-tiles"></ul>)";
  const std::string between_comments = "<!-- a -->" + TilesFrom(40, 3) + "<!-- b -->";

  EXPECT_TRUE(OutcomeOf(ReadTilesInTurn({TilesFrom(1, 25), none_found})).starts_with("partial: "));
  EXPECT_TRUE(OutcomeOf(ReadTilesInTurn({none_found})).starts_with("failed: "));
  EXPECT_EQ(JobsOf(ReadTilesInTurn({TilesFrom(1, 25), TilesFrom(26, 3), between_comments})).size(),
            31);
}

TEST(SuccessFactorsTiles, AreAskedForInOneSession) {
  std::vector<const CookieJar*> sessions;
  std::ignore = ReadWith(TileBoard(), [&](const FetchRequest& request) {
    sessions.push_back(request.session);
    return Ok(sessions.size() == 1 ? TilesFrom(1, 25) : TilesFrom(26, 3));
  });

  ASSERT_GE(sessions.size(), 2);
  EXPECT_NE(sessions[0], nullptr);
  EXPECT_EQ(sessions[0], sessions[1]);
}

TEST(SuccessFactorsTiles, ATileThatNoRowHoldsLeavesTheListingNotWhole) {
  const std::string other = "<div data-focus-tile=\".job-id-99\"></div>";

  EXPECT_EQ(
      OutcomeOf(ReadTilesInTurn({TilesFrom(1, 12) + other, TilesFrom(13, 3)})),
      "whole but for 1: page 1, entry 13: an entry that no row holds (13 are marked, 12 stand "
      "in rows)");
}

TEST(SuccessFactorsTiles, APageWithoutTilesProvesNoEnd) {
  const auto full = ReadTiles(50, 25);

  EXPECT_EQ(CompletenessOf(full.listing), Completeness::kPartial);
  EXPECT_EQ(JobsOf(full).size(), 50);
  EXPECT_TRUE(OutcomeOf(full).starts_with(
      "partial: page 3 failed (successfactors_tiles jobs.acme.example: a page without "
      "class=\"job-tile in "))
      << OutcomeOf(full);
  EXPECT_EQ(CompletenessOf(ReadTiles(0, 25).listing), Completeness::kFailed);
}

TEST(SuccessFactorsTiles, ASiteThatShowsItsFirstPageAgainEnds) {
  const auto reading =
      ReadWith(TileBoard(), [](const FetchRequest&) { return Ok(TilesFrom(1, 25)); });

  EXPECT_EQ(OutcomeOf(reading),
            "partial: the board shifted or wrapped around: page 2 brought nothing new");
}

TEST(SuccessFactorsTiles, AShortPageIsTheLastWhereNoneIsBehindIt) {
  EXPECT_EQ(ReadTiles(9, 25).requests, 2);
  EXPECT_EQ(OutcomeOf(ReadTiles(9, 25)), "complete");

  const auto short_in_the_middle = ReadTilesInTurn(
      {TilesFrom(100, 25), TilesFrom(200, 7), TilesFrom(300, 25), TilesFrom(400, 3)});
  EXPECT_EQ(OutcomeOf(short_in_the_middle), "complete");
  EXPECT_EQ(JobsOf(short_in_the_middle).size(), 60);
  EXPECT_EQ(OutcomeOf(ReadTilesInTurn({TilesFrom(100, 7), TilesFrom(200, 25)}))
                .substr(0, std::string_view("partial: page 3 failed").size()),
            "partial: page 3 failed");
}

TEST(SuccessFactorsTiles, BehindAShortPageOnlyOneThatIsEmptyProvesTheEnd) {
  for (const char* last : {"<html><body></body></html>", "<script>check()</script>", "Sorry",
                           "<!-- <li class=\"job-tile\">", "<img src=\"x\">"})
    EXPECT_EQ(CompletenessOf(ReadTilesInTurn({TilesFrom(100, 7), last}).listing),
              Completeness::kPartial)
        << last;
  EXPECT_EQ(OutcomeOf(ReadTilesInTurn({TilesFrom(100, 7), TilesFrom(100, 7)})),
            "partial: the board shifted or wrapped around: page 2 brought nothing new");
  EXPECT_EQ(OutcomeOf(ReadTilesInTurn({TilesFrom(100, 7), "<ul class=\"x\">\n</ul><!-- x -->"})),
            "complete");
}

TEST(SuccessFactorsTiles, AFailureKeepsWhatWasSeenAndAsksNoOtherDoor) {
  std::vector<std::string> asked;
  const auto reading = ReadWith(TileBoard(), [&](const FetchRequest& request) {
    asked.push_back(request.url);
    return asked.size() == 1 ? Ok(TilesFrom(1, 25)) : Response{.status = 503};
  });

  EXPECT_EQ(OutcomeOf(reading), "partial: page 2 failed (HTTP 503)");
  EXPECT_EQ(asked.size(), 2);
}

TEST(SuccessFactorsTiles, ItsIdsAreThoseOfTheFeed) {
  const auto feed = ReadBody(*FindBoard("successfactors", "jobs.acme.example"),
                             "<rss><channel><item><title>Cook</title>"
                             "<link>https://jobs.acme.example/job/Cook/7/</link>"
                             "<g:id>7</g:id></item></channel></rss>");
  const auto tiles = ReadTilesInTurn({TilesFrom(7, 1)});

  ASSERT_EQ(JobsOf(feed).size(), 1);
  ASSERT_EQ(JobsOf(tiles).size(), 1);
  EXPECT_EQ(JobsOf(tiles)[0].external_id, JobsOf(feed)[0].external_id);
  EXPECT_EQ(JobsOf(tiles)[0].url, JobsOf(feed)[0].url);
  EXPECT_EQ(JobsOf(tiles)[0].title, JobsOf(feed)[0].title);
}

TEST(SuccessFactorsTiles, HostsOfTheVendorAreNoCompanies) {
  for (const char* host :
       {"rmkcdn.successfactors.com", "performancemanager8.successfactors.com",
        "career4.successfactors.com", "cdn.acme.example", "rmkcdn.acme.example", "10.0.0.1"})
    EXPECT_FALSE(FindBoard("successfactors_tiles", host)) << host;
}

}  // namespace
}  // namespace rolecall
