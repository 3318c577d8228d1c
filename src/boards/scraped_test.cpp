// Kinds that are read from pages made for people heed what their hosts forbid.
#include <gtest/gtest.h>

#include "fetch/robots_fetcher.h"
#include "tests/support/readings.h"
#include "tests/support/registry.h"

namespace rolecall {
namespace {

BoardAddress ScrapedBoard() {
  return {*ReadDefinition(R"(
kind = "scraped_kind"
pacing_key = "example.com"
token = '[a-z]+'
token_shape = "a name"
scraped = true
[list]
url = "https://example.com/{token}/jobs"
jobs = "/jobs"
[fields]
id = "/id"
title = "/title"
url = "https://example.com/{token}/{id}"
[content]
url = "https://example.com/{token}/{id}"
description = "/text"
[witness]
url = "https://example.com/{token}/{id}"
stands = "/id"
gone = [{ status = 404 }]
)",
                          "test.toml"),
          "acme"};
}
const ListedRef kScrapedJob{.external_id = "7", .path = {}, .url = {}};

// All that is asked of a board and of a job of its.
std::vector<FetchRequest> AskAll(const BoardAddress& board, Fetcher& fetcher,
                                 CannedFetcher& asked) {
  std::ignore = ReadBoard(board, {}, {}, fetcher, {});
  std::ignore = ReadContent(board, kScrapedJob, fetcher, {});
  std::ignore = AskWitness(board, kScrapedJob, fetcher, {});
  return asked.asked();
}

TEST(Scraped, HeedsRobotsWithEachOfItsRequests) {
  CannedFetcher fetcher([](const FetchRequest&) { return Ok("{}"); });

  const auto asked = AskAll(ScrapedBoard(), fetcher, fetcher);

  ASSERT_EQ(asked.size(), 3);
  for (const FetchRequest& request : asked) EXPECT_TRUE(request.heeds_robots) << request.url;
}

TEST(Scraped, KindsOfCallsDoNot) {
  CannedFetcher fetcher([](const FetchRequest&) { return Ok("{}"); });

  for (const FetchRequest& request : AskAll(Acme("workday"), fetcher, fetcher))
    EXPECT_FALSE(request.heeds_robots) << request.url;
}

TEST(Scraped, AListThatIsForbiddenFailsWithTheLineAndAsksNothingFurther) {
  auto owned = std::make_unique<CannedFetcher>([](const FetchRequest& request) {
    return Ok(request.url.ends_with("/robots.txt") ? "User-agent: *\nDisallow: /*/jobs" : "{}");
  });
  CannedFetcher& canned = *owned;
  const auto fetcher = MakeRobotsFetcher(std::move(owned), {});

  const auto reading = *ReadBoard(ScrapedBoard(), {}, {}, *fetcher, {});

  EXPECT_EQ(OutcomeOf(reading),
            "failed: robots.txt of example.com says: Disallow: /*/jobs (line 2)");
  EXPECT_EQ(canned.asked().size(), 1);
}

TEST(Scraped, AreThoseThatAreReadFromPages) {
  for (const auto& [kind, token] :
       {std::pair{"jazzhr", "acme"}, std::pair{"icims", "careers-acme.icims.com"},
        std::pair{"google", "google"}, std::pair{"jsonld", "acme.example/sitemap.xml"},
        std::pair{"successfactors_tiles", "jobs.acme.example"},
        std::pair{"paylocity", "73eb21ac-0000-4000-8000-67b6252d5b8b"}}) {
    CannedFetcher fetcher([](const FetchRequest&) { return Response{.status = 404}; });
    std::ignore = ReadBoard(*FindBoard(kind, token), {}, {}, fetcher, {});
    EXPECT_TRUE(fetcher.asked().front().heeds_robots) << kind;
  }
}

}  // namespace
}  // namespace rolecall
