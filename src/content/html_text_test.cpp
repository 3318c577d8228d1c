// What people read of markup, and that no markup breaks the reader.
#include "content/html_text.h"

#include <gtest/gtest.h>

#include <ctime>

namespace rolecall {
namespace {

std::string Times(int count, std::string_view text) {
  std::string all;
  for (int i = 0; i < count; ++i) all += text;
  return all;
}

TEST(HtmlToText, PutsParagraphsAndHeadingsApart) {
  EXPECT_EQ(HtmlToText("<h2>About</h2><p>We <b>cook</b>\n soup.</p><div>Daily</div><div>Hot</div>"),
            "About\n\nWe cook soup.\n\nDaily\nHot");
}

TEST(HtmlToText, MarksItemsOfLists) {
  EXPECT_EQ(HtmlToText("<p>You:</p><ul><li>cook</li><li> taste </li></ul><p>We pay</p>"),
            "You:\n\n- cook\n- taste\n\nWe pay");
}

TEST(HtmlToText, MarksAnItemWhoseTextIsAParagraph) {
  EXPECT_EQ(HtmlToText("<ul><li><p>cook</p></li><li><div>taste</div></li></ul>"),
            "- cook\n- taste");
}

TEST(HtmlToText, PutsNoEmptyLinesBetweenItemsWhoseTextsAreParagraphs) {
  EXPECT_EQ(HtmlToText("<p>You:</p><ul>\n<li><p>cook</p></li>\n<li> <p><b>taste</b></p>\n</li>"
                       "<li>serve<p></p></li></ul><p>We pay</p>"),
            "You:\n\n- cook\n- taste\n- serve\n\nWe pay");
  EXPECT_EQ(HtmlToText("<ul><li><p>cook</p><p>soup</p></li><li><p>taste</p></li></ul>"),
            "- cook\n\nsoup\n- taste");
  EXPECT_EQ(HtmlToText("<ul><li><p>a</p><ul><li><p>b</p></li></ul></li><li>c</li></ul>"),
            "- a\n\n- b\n\n- c");
  EXPECT_EQ(HtmlToText("<ul><li><blockquote><p>a</p></blockquote></li><li><h3>b</h3></li></ul>"),
            "- a\n- b");
}

TEST(HtmlToText, MarksItemsOfListsInLists) {
  EXPECT_EQ(HtmlToText("<ul><li>cook<ul><li>soup</li></ul></li><li></li><li>taste</li></ul>"),
            "- cook\n\n- soup\n\n- taste");
}

TEST(HtmlToText, BreaksLinesWhereTheMarkupDoes) {
  EXPECT_EQ(HtmlToText("one<br>two<br/><br>three<br><br><br><br>four<hr>five"),
            "one\ntwo\n\nthree\n\nfour\n\nfive");
}

TEST(HtmlToText, KeepsTheCellsOfATableApart) {
  EXPECT_EQ(HtmlToText("<table><tr><td>soup</td><td>5</td></tr><tr><td>stew</td></tr></table>"),
            "soup 5\nstew");
}

TEST(HtmlToText, ReadsEntitiesOnce) {
  EXPECT_EQ(HtmlToText("<p>Tom &amp; Jerry &lt;b&gt; &amp;lt; &euro;5 &#8211; &#x1F372;</p>"),
            "Tom & Jerry <b> &lt; €5 – 🍲");
}

TEST(HtmlToText, TakesAReferenceBeyondAllNumbersForNoCharacter) {
  EXPECT_EQ(HtmlToText("soup &#6666666666;"), "soup �");
}

TEST(HtmlToText, TakesNonBreakingBlanksForBlanks) {
  EXPECT_EQ(HtmlToText("<p>&nbsp;</p><p>hot&nbsp;&nbsp;soup\xC2\xA0!</p><p>\xC2\xA0</p>"),
            "hot soup !");
}

TEST(HtmlToText, LeavesOutWhatIsNoText) {
  EXPECT_EQ(HtmlToText("<head><title>T</title></head><style>p{}</style>soup<script>x<1</script>"
                       "<!-- no --><template>no</template><iframe>no</iframe>"),
            "soup");
}

TEST(HtmlToText, ReadsBrokenMarkup) {
  EXPECT_EQ(HtmlToText("<p>one<p>two</div></b><i>three <b>four</i> five<li>six<a href='x"),
            "one\n\ntwothree four five\n\n- six");
  EXPECT_EQ(HtmlToText("a < b && c <"), "a < b && c <");
  EXPECT_EQ(HtmlToText(""), "");
  EXPECT_EQ(HtmlToText("<"), "<");
}

TEST(HtmlToText, ReadsTextThatIsNoMarkup) {
  EXPECT_EQ(HtmlToText("Köche\ngesucht"), "Köche gesucht");
}

TEST(HtmlToText, BearsMarkupThatNestsAbsurdlyDeep) {
  EXPECT_EQ(HtmlToText(Times(100'000, "<div>") + "soup" + Times(100'000, "</div>")), "soup");
  EXPECT_EQ(HtmlToText(Times(100'000, "<div></x>") + "soup"), "soup");
  EXPECT_EQ(HtmlToText(Times(100'000, "<ul><li>") + "soup"), "soup");
  EXPECT_EQ(HtmlToText(Times(100'000, "<DIV\n>") + "soup &amp; stew"), "soup & stew");
}

TEST(HtmlToText, BearsMarkupWhoseEndTagsCloseNothing) {
  EXPECT_TRUE(HtmlToText(Times(400'000, "<b><!--</b>-->") + "soup").ends_with("soup"));
  EXPECT_EQ(HtmlToText(Times(400'000, "<b\xCC\x81></b>") + "soup"), "soup");
  EXPECT_EQ(HtmlToText(Times(150'000, "<div><select></div></select>") + "soup"), "soup");
}

TEST(HtmlToText, LeavesScriptsOutOfMarkupThatNestsAbsurdlyDeep) {
  EXPECT_EQ(HtmlToText(Times(30'000, "<div>") + "soup<SCRIPT>a > b</SCRIPT><style>p</style> stew"),
            "soup\nstew");
}

TEST(HtmlToText, KeepsTheTagsBesideLongValues) {
  const std::string image = "<img src=\"data:image/png;base64," + Times(50'000, "ab/+") + "\">";
  const std::string style = "<p style='" + Times(2'000, "color: red; ") + "'>";
  EXPECT_EQ(HtmlToText("<p>We <b>cook</b></p>" + image + style + "<i>hot</i> soup</p>"),
            "We cook\n\nhot soup");
}

TEST(HtmlToText, KeepsTheTagsOfALongFlatText) {
  EXPECT_EQ(HtmlToText(Times(2'000, "<p>a<br>b</p><wbr>")).size(), 2'000U * 5 - 2);
}

// Seconds of processor time where it grows with the size, hours where it grows with its square.
TEST(HtmlToText, ReadsHugeMarkupInTimeThatGrowsWithItsSize) {
  const std::clock_t began = std::clock();

  HtmlToText("<p>" + std::string(4 << 20, 'x') + "</p>");
  HtmlToText(Times(100'000, "<p>soup</p><ul><li>x</li></ul>"));
  std::string formats;
  for (int i = 0; i < 300; ++i) formats += "<b id=" + std::to_string(i) + ">";
  HtmlToText(formats + Times(300'000, "<p>x"));
  std::string attributes = "<a";
  for (int i = 0; i < 300'000; ++i) attributes += " a" + std::to_string(i);
  HtmlToText(attributes + ">soup</a>");
  for (int i = 0; i < 400; ++i) HtmlToText(Times(19'000, "<div>") + "soup");
  HtmlToText(Times(300, attributes.substr(0, 20'000) + ">") + "soup");
  std::string hidden = "<a";
  for (int i = 0; i < 100'000; ++i)
    hidden += " a" + std::to_string(i) + (i % 200 == 0 ? "='>'" : "");
  for (const char* before : {"", "<!-- <b x=\" -->", "<script><b x='</script>", "<b x==\" y=\""})
    HtmlToText(before + hidden + ">soup</a>");
  HtmlToText(Times(1'000'000, "<b<b"));

  EXPECT_LT((std::clock() - began) / CLOCKS_PER_SEC, 60);
}

TEST(UnescapeHtml, UndoesOneLevel) {
  EXPECT_EQ(UnescapeHtml("&lt;p&gt;a &amp;amp; b&lt;/p&gt; &quot;&#39;&#x27;&apos;"),
            "<p>a &amp; b</p> \"'''");
  EXPECT_EQ(UnescapeHtml("&amp;lt;"), "&lt;");
}

TEST(UnescapeHtml, LeavesWhatIsNoEntityOfItsOwn) {
  EXPECT_EQ(UnescapeHtml("&euro; & &; &#; &#xZZ; &#99999999999; &amp"),
            "&euro; & &; &#; &#xZZ; &#99999999999; &amp");
}

TEST(UnescapeHtml, MakesNoTextThatIsNotUnicode) {
  EXPECT_EQ(UnescapeHtml("&#0;&#xD800;&#x110000;"), "\uFFFD\uFFFD\uFFFD");
}

}  // namespace
}  // namespace rolecall
