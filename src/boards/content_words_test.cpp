// What a definition says of a job's own answer where that is a page, and of its markup.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/support/readings.h"

namespace rolecall {
namespace {

// A definition whose [content] has these lines beside the URL.
Result<const BoardDefinition*> WithContent(std::string_view lines) {
  return ReadDefinition(fmt::format(R"(
kind = "paged"
pacing_key = "example.com"
token = '[a-z]+'
token_shape = "a name"
[list]
url = "https://example.com/{{token}}/jobs"
jobs = "/jobs"
[fields]
id = "/id"
title = "/title"
url = "https://example.com/{{token}}/{{id}}"
[content]
url = "https://example.com/{{token}}/{{id}}"
{}
)",
                                    lines),
                        "test.toml");
}

// What such a board makes of the page of its job 7.
Result<JobContent> ContentOf(std::string_view lines, const std::string& page) {
  const auto read = WithContent(lines);
  if (!read) throw std::runtime_error(read.error().message);
  CannedFetcher fetcher([&](const FetchRequest&) { return Ok(page); });
  return ReadContent({*read, "acme"}, {"7", "", ""}, fetcher, {});
}

constexpr std::string_view kBehind = R"(behind = ["job:", "data("]
description = "/text")";

TEST(ContentWords, AJobStandsInAPageBehindItsMarkers) {
  const auto content = ContentOf(
      kBehind, R"(<script>data({"text":"none"}); job: data({"text":"<p>So {\u0000 };</p>"});)");

  ASSERT_TRUE(content) << content.error().message;
  EXPECT_EQ(content->description, "So {\xEF\xBF\xBD };");
}

TEST(ContentWords, APageWithoutItsMarkersHasNoText) {
  EXPECT_EQ(ContentOf(kBehind, "<p>Closed</p>").error().message,
            R"(a page without "job:" in 13 bytes: <p>Closed</p>)");
  EXPECT_EQ(ContentOf(kBehind, "job: data(null)").error().message,
            R"(no JSON that ends behind "data(" in 15 bytes: job: data(null))");
  EXPECT_EQ(ContentOf(kBehind, "job: data({})").error().message, "no text at /text in 2 bytes: {}");
}

TEST(ContentWords, MarkersStandInAPageThatIsAskedFor) {
  EXPECT_EQ(WithContent("behind = [\"data(\"]\nform = \"json_ld\"").error().message,
            "board definition test.toml: content.behind: stands before JSON in a page that is "
            "asked for (content.url)");
}

TEST(ContentWords, APageIsAskedForAsOne) {
  const auto read = WithContent(kBehind);
  CannedFetcher fetcher([](const FetchRequest&) { return Ok("job: data({\"text\":\"Soup\"})"); });
  std::ignore = ReadContent({*read, "acme"}, {"7", "", ""}, fetcher, {});

  EXPECT_EQ(fetcher.asked().front().headers.front().second, "text/html");
  EXPECT_EQ(fetcher.asked().front().expects, FetchRequest::Body::kText);
}

}  // namespace
}  // namespace rolecall
