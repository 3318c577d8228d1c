// What a definition says of a job's own answer where that is a page, and of its markup.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/support/readings.h"
#include "tests/support/worded_board.h"

namespace rolecall {
namespace {

// What a board with these lines in [content] makes of the page of its job 7.
Result<JobContent> ContentOf(std::string_view lines, const std::string& page) {
  const BoardAddress board = BoardWith(ContentByRequest(lines));
  CannedFetcher fetcher([&](const FetchRequest&) { return Ok(page); });
  return ReadContent(board, {"7", "", ""}, fetcher, {});
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
  EXPECT_EQ(ReadWords(ContentByRequest("behind = [\"data(\"]\nform = \"json_ld\"")).error().message,
            "board definition test.toml: content.behind: stands before JSON in a page that is "
            "asked for (content.url)");
}

TEST(ContentWords, ATextMayBeMarkdownInParts) {
  const auto content = ContentOf(
      R"(escaping = "markdown"
description = [{ heading = "/tasks/*/name" }, "/tasks/*/text", "/end"]
requirements = "/needs")",
      R"({"tasks":[{"name":"Nothing","text":" "},{"name":"We *cook*","text":"- **Soup**\n- <b>Stew</b>"}],"end":"Daily & `hot`","needs":"* Salt"})");

  ASSERT_TRUE(content) << content.error().message;
  EXPECT_EQ(content->description, "We *cook*\n\n- Soup\n- Stew\n\nDaily & hot");
  EXPECT_EQ(content->requirements, "- Salt");
}

constexpr std::string_view kPage = R"(form = "page"
below = "Description"
ends_at = "apply")";

TEST(ContentWords, APageIsAskedForAsOne) {
  for (const std::string_view words : {kBehind, kPage}) {
    CannedFetcher fetcher([](const FetchRequest&) { return Ok("<html></html>"); });
    std::ignore = ReadContent(BoardWith(ContentByRequest(words)), {"7", "", ""}, fetcher, {});

    EXPECT_EQ(fetcher.asked().front().headers.front().second, "text/html");
    EXPECT_EQ(fetcher.asked().front().expects, FetchRequest::Body::kText);
  }
}

std::string PageOf(std::string_view postings) {
  return fmt::format(R"(<script type="application/ld+json">[{}]</script>
    <div><h2>Description</h2><p>Stew &amp; salt</p><div class="apply">Apply</div></div>)",
                     postings);
}

TEST(ContentWords, WhatAPageSaysToCrawlersComesFirst) {
  const std::string posting = R"({"@type":"JobPosting","description":"<p>Soup</p>","identifier":)";

  EXPECT_EQ(ContentOf(kPage, PageOf(posting + "7}"))->description, "Soup");
  EXPECT_EQ(ContentOf(kPage, PageOf(posting + "8}"))->description, "Soup");
  EXPECT_EQ(ContentOf(kPage, PageOf(""))->description, "Stew & salt");
  EXPECT_EQ(ContentOf(kPage, PageOf(R"({"@type":"JobPosting","description":""})"))->description,
            "Stew & salt");
}

TEST(ContentWords, APageOfOtherJobsOrWithoutTheHeadingHasNoText) {
  const std::string others = PageOf(R"({"@type":"JobPosting","identifier":1},
                                       {"@type":"JobPosting","identifier":2})");
  EXPECT_TRUE(
      ContentOf(kPage, others).error().message.starts_with("a page with other job postings in "));
  EXPECT_EQ(ContentOf(kPage, "<p>Not found</p>").error().message,
            "a page with nothing below \"Description\" in 16 bytes: <p>Not found</p>");
}

TEST(ContentWords, AHeadingIsOfAPageAndAPageHasOne) {
  const auto refused = [](std::string_view lines) {
    return ReadWords(ContentByRequest(lines)).error().message;
  };
  const std::string why =
      "board definition test.toml: content.below: names the heading of a page (form = \"page\"), "
      "and of no other";

  EXPECT_EQ(refused("form = \"page\""), why);
  EXPECT_EQ(refused("form = \"json_ld\"\nbelow = \"Description\""), why);
  EXPECT_EQ(refused("form = \"page\"\nends_at = \"apply\""), why);
}

}  // namespace
}  // namespace rolecall
