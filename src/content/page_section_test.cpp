// What stands below a heading of a page, however the page is built.
#include "content/page_section.h"

#include <gtest/gtest.h>

#include "content/html_text.h"

namespace rolecall {
namespace {

std::string TextBelow(std::string_view html, std::string ends_at = "") {
  return HtmlToText(SectionBelow(html, {.heading = "Description", .ends_at = std::move(ends_at)}));
}

TEST(SectionBelow, IsWhatFollowsTheHeadingInItsElement) {
  EXPECT_EQ(TextBelow("<body><h1>Cook</h1><div><div class=hdr> Description\n</div>"
                      "<div><p>Soup</p>&amp; stew</div><div>Needs</div><p>Salt</p></div>"
                      "<footer>Acme</footer></body>"),
            "Soup\n\n& stew\nNeeds\n\nSalt");
}

TEST(SectionBelow, IsLookedForAroundAHeadingThatStandsAlone) {
  EXPECT_EQ(
      TextBelow("<main><header><h2><b>DESCRIPTION</b></h2></header><p>Soup</p></main><p>x</p>"),
      "Soup");
}

TEST(SectionBelow, EndsAtAnElementOfThatClass) {
  const std::string_view page =
      "<div><h3>Description</h3><p>Soup</p><div class=\"a last b\">Apply</div><p>Acme</p></div>";

  EXPECT_EQ(TextBelow(page, "last"), "Soup");
  EXPECT_EQ(TextBelow(page, "las"), "Soup\n\nApply\n\nAcme");
  EXPECT_EQ(
      TextBelow("<p>Acme</p><div class=last>Apply</div><div><h3>Description</h3><p>Soup</p></div>",
                "last"),
      "Soup");
}

TEST(SectionBelow, TakesTheFirstHeadingThatTextFollows) {
  EXPECT_EQ(TextBelow("<title>Description</title><nav><a>Description</a>Home</nav>"
                      "<ul><li><a>Description</a></li><li>Needs</li></ul>"
                      "<div><h2>Description</h2></div>"
                      "<p>A Description of soup</p><div><h2>Description</h2>Stew</div>"),
            "A Description of soup\n\nDescription\n\nStew");
}

TEST(SectionBelow, IsNothingWhereNoHeadingHasTheWords) {
  EXPECT_EQ(TextBelow(""), "");
  EXPECT_EQ(TextBelow("<h2>Descriptions</h2><p>Soup</p>"), "");
  EXPECT_EQ(TextBelow("<script>Description</script><p>Soup</p>"), "");
  EXPECT_EQ(TextBelow("<div><h2>Description</h2> <p></p></div>"), "");
}

TEST(SectionBelow, IsFoundInPagesThatAreBroken) {
  EXPECT_EQ(TextBelow("Description"), "");
  EXPECT_EQ(TextBelow("<p>Description<p>Soup"), "Soup");
  EXPECT_EQ(TextBelow("<div><b>Description</b>Soup"), "Soup");
  EXPECT_EQ(TextBelow("<table><h2>Description</h2><tr><td>Soup</table>"), "Soup");
}

TEST(SectionBelow, BearsPagesOfHeadingsAndOfDepth) {
  std::string headings, deep;
  for (int i = 0; i < 2'500; ++i) headings += "<p>Description</p>";
  for (int i = 0; i < 2'000; ++i) deep += "<div>";

  EXPECT_TRUE(TextBelow(headings).starts_with("Description\n\nDescription"));
  EXPECT_EQ(TextBelow(deep + "<h2>Description</h2>"), "");
  EXPECT_EQ(TextBelow(deep + deep + "<h2>Description</h2>Soup"), "");
}

}  // namespace
}  // namespace rolecall
