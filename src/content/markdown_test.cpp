// What people read of Markdown, and that no Markdown holds the reader up.
#include "content/markdown.h"

#include <gtest/gtest.h>

#include <ctime>

namespace rolecall {
namespace {

TEST(MarkdownToText, IsReadAsWhatItStandsFor) {
  EXPECT_EQ(
      MarkdownToText("## You cook\n\n- **Soup** & _stew_\n- [Menu](https://example.com)\n\n"
                     "Every\nday\\\nhere.\n\n1. Stir\n2. Taste &amp; 1 < 2 `<salt>`"),
      "You cook\n\n- Soup & stew\n- Menu\n\nEvery day\nhere.\n\n- Stir\n- Taste & 1 < 2 <salt>");
}

TEST(MarkdownToText, ReadsHtmlWithinItAndRunsNone) {
  EXPECT_EQ(MarkdownToText("<p>Soup</p>\n\n<b>St</b>ew <script>alert(1)</script>\n\n"
                           "<style>b{}</style>\n\n[x](javascript:alert(1))\n\n<!-- none -->"),
            "Soup\n\nStew\n\nx");
}

TEST(MarkdownToText, MakesSomeTextOfAnything) {
  EXPECT_EQ(MarkdownToText(""), "");
  EXPECT_EQ(MarkdownToText("plain"), "plain");
  EXPECT_EQ(MarkdownToText("```\nso  up"), "so up");
  EXPECT_EQ(MarkdownToText(std::string_view("a\0b", 3)),
            "a\xEF\xBF\xBD"
            "b");
}

TEST(MarkdownToText, LeavesWhatIsLongAsItIsWritten) {
  std::string images = "# ";
  while (images.size() < 1 << 20) images += "![[]()";
  std::string quotes;
  while (quotes.size() < 60'000) quotes += "> ";
  const auto begun = std::clock();

  EXPECT_EQ(MarkdownToText(images + "\n"), images);
  EXPECT_EQ(MarkdownToText(quotes + "deep"), "deep");
  EXPECT_LT((std::clock() - begun) / CLOCKS_PER_SEC, 20);
}

TEST(EscapeMarkdown, StandsForItself) {
  const std::string_view text = "1. *Cooks* & [bakers](x) <b> \\ # `we` _need_ - ~now~!";

  EXPECT_EQ(MarkdownToText(EscapeMarkdown(text)), text);
  EXPECT_EQ(MarkdownToText("### " + EscapeMarkdown("# a\n- b")), "# a - b");
}

}  // namespace
}  // namespace rolecall
