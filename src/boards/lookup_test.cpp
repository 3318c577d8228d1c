// A listing whose address only a page of the board says.
#include <gtest/gtest.h>

#include "tests/support/readings.h"

namespace rolecall {
namespace {

constexpr std::string_view kLookedUp = R"(
kind = "looked_up"
pacing_key = "example.com"
token = '[a-z]+'
token_shape = "a name"
headers = { "X-Site" = "jobs" }
scraped = true
[lookup]
url = "https://example.com/of/{token}"
behind = ['id="data">']
at = "/company/id"
fills = "number"
[list]
url = "https://example.com/{number}/jobs"
jobs = "/jobs"
passing = [503]
[fields]
id = "/id"
title = "/title"
url = "https://example.com/{token}/{id}"
content = "/text"
)";

BoardAddress LookedUpBoard() {
  const auto read = ReadDefinition(kLookedUp, "test.toml");
  if (!read) throw std::runtime_error(read.error().message);
  return {*read, "acme"};
}

std::string OutcomeAfter(const Response& page) {
  return OutcomeOf(ReadWith(LookedUpBoard(), [&](const FetchRequest& request) {
    return request.url.contains("/of/") ? page : Ok(R"({"jobs":[]})");
  }));
}

TEST(Lookup, FillsTheAddressOfTheListing) {
  CannedFetcher fetcher([](const FetchRequest& request) {
    return Ok(request.url.contains("/of/")
                  ? R"(<script id="data">{"company":{"id":33158}}</script>)"
                  : R"({"jobs":[{"id":1,"title":"Cook"}]})");
  });

  const auto reading = ReadBoard(LookedUpBoard(), {}, {}, fetcher, {});

  EXPECT_EQ(OutcomeOf(*reading), "complete");
  EXPECT_EQ(reading->requests, 2);
  ASSERT_EQ(fetcher.asked().size(), 2);
  EXPECT_EQ(fetcher.asked()[0].url, "https://example.com/of/acme");
  EXPECT_EQ(fetcher.asked()[0].expects, FetchRequest::Body::kText);
  EXPECT_EQ(fetcher.asked()[0].headers.back().first, "X-Site");
  EXPECT_EQ(fetcher.asked()[0].passing, std::vector<int>{503});
  EXPECT_EQ(fetcher.asked()[0].pacing_key, "example.com");
  EXPECT_TRUE(fetcher.asked()[0].heeds_robots);
  EXPECT_EQ(fetcher.asked()[1].url, "https://example.com/33158/jobs");
}

TEST(Lookup, OfNoBoardFailsTheListing) {
  EXPECT_EQ(OutcomeAfter({.status = 404}),
            "failed: HTTP 404: there is no such board. Is \"acme\" the right token?");
  EXPECT_EQ(OutcomeAfter({.status = 500}), "failed: HTTP 500 of https://example.com/of/acme");
  Response home = Ok(R"(<script id="data">{"company":{"id":1}}</script>)");
  home.final_url = "https://example.com/";
  EXPECT_EQ(OutcomeAfter(home), "failed: redirected to example.com");
}

TEST(Lookup, OfAPageThatDoesNotSayItFailsTheListing) {
  EXPECT_EQ(OutcomeAfter(Ok("<html></html>")),
            "failed: looked_up acme: a page without \"id=\"data\">\" in the 13 bytes of "
            "https://example.com/of/acme");
  EXPECT_TRUE(OutcomeAfter(Ok(R"(id="data">{"company":{}})")).contains("nothing at /company/id"));
  EXPECT_TRUE(OutcomeAfter(Ok(R"(id="data">{"company":{"id":{}}})"))
                  .contains("/company/id is {}, no number and no name"));
  EXPECT_TRUE(OutcomeAfter(Ok(R"(id="data">{"company":{"id":"../1"}})"))
                  .contains("/company/id is ../1, no number and no name"));
}

TEST(Lookup, ToldToStopIsCancelled) {
  CannedFetcher fetcher([](const FetchRequest&) { return Ok(""); });
  std::stop_source stop;
  stop.request_stop();

  const auto reading = ReadBoard(LookedUpBoard(), {}, {}, fetcher, stop.get_token());

  EXPECT_EQ(reading.error().code, Errc::kCancelled);
}

TEST(Lookup, FillsNothingButTheListing) {
  std::string toml(kLookedUp);
  toml.replace(toml.find("{token}/{id}"), 7, "{number}");

  EXPECT_TRUE(ReadDefinition(toml, "test.toml").error().message.contains("nothing fills {number}"));
}

}  // namespace
}  // namespace rolecall
