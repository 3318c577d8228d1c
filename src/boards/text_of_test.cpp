// The text of a job that its page shows and does not say in JSON-LD.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/support/readings.h"
#include "tests/support/worded_board.h"

namespace rolecall {
namespace {

std::string TextOnPage(const std::string& page) {
  const BoardAddress board =
      BoardWith(ContentByRequest("form = \"json_ld\"\ntext_of = ['class=\"text', 'id=\"old\"']"));
  CannedFetcher fetcher([&](const FetchRequest&) { return Ok(page); });
  const auto content = ReadContent(board, {.external_id = "7", .path = {}, .url = {}}, fetcher, {});
  return content ? content->description : content.error().message;
}

constexpr std::string_view kSaysCook =
    R"(<script type="application/ld+json">{"@type":"JobPosting","description":"Cook."}</script>)";

TEST(TextOf, IsWhatAPageShowsThatSaysNoPosting) {
  EXPECT_EQ(TextOnPage("<div class=\"text wide\"><p>Cook &amp; bake.</p></div><p>Imprint</p>"),
            "Cook & bake.");
  EXPECT_EQ(TextOnPage("<div id=\"old\">Wash.</div><!-- <div class=\"text\">No.</div> -->"),
            "Wash.");
  EXPECT_EQ(TextOnPage("<div id=\"old\">Wash.</div><div class=\"text\">Cook.</div>"), "Cook.");
}

TEST(TextOf, StandsBackBehindWhatThePageSays) {
  EXPECT_EQ(TextOnPage(fmt::format("{}<div class=\"text\">Wash.</div>", kSaysCook)), "Cook.");
}

TEST(TextOf, IsNoneOfAPageThatIsCutOrOfAnotherKind) {
  EXPECT_EQ(TextOnPage("<div class=\"text\">Cook"),
            "a page with no job postings in 22 bytes: <div class=\"text\">Cook");
  EXPECT_EQ(TextOnPage("<div class=\"text\"></div>"),
            "a page with no job postings in 24 bytes: <div class=\"text\"></div>");
  EXPECT_EQ(TextOnPage("<p>Log in"), "a page with no job postings in 9 bytes: <p>Log in");
  EXPECT_EQ(TextOnPage("<div class=\"text\">Cook</div><!--"),
            "a page with no job postings in 32 bytes: <div class=\"text\">Cook</div><!--");
}

TEST(TextOf, ComesWithJsonLdAlone) {
  const auto read = ReadWords(ContentByRequest("description = \"/text\"\ntext_of = ['id=\"x\"']"));

  EXPECT_EQ(read.error().message,
            "board definition test.toml: content.text_of: finds what a page of form = \"json_ld\" "
            "does not say there");
}

}  // namespace
}  // namespace rolecall
