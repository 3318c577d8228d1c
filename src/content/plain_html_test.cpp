// That plain markup is read as its tree would be, and that what is not plain is left to the tree.
#include "content/plain_html.h"

#include <gtest/gtest.h>

#include <array>
#include <random>

#include "content/tree_text.h"

namespace rolecall {
namespace {

std::string AsMany(int count, std::string_view text) {
  std::string all;
  for (int i = 0; i < count; ++i) all += text;
  return all;
}

// Read without a tree, and as the tree has it.
std::string Plainly(std::string_view html) {
  const auto text = TextOfPlainHtml(html);
  EXPECT_TRUE(text) << html;
  EXPECT_EQ(text.value_or(""), TextByTree(html)) << html;
  return text.value_or("");
}

TEST(TextOfPlainHtml, ReadsADescription) {
  EXPECT_EQ(Plainly("<h2>About</h2>\n<div class=\"intro\"><p>We <strong><em>cook</em></strong>\n "
                    "soup.<br/>Daily.</p></div><ul type='disc'>\n<li>cook</li><li><p>taste "
                    "<a href=\"https://a.test/?b&c\">it</a></p></li></ul><hr />Hot"),
            "About\n\nWe cook soup.\nDaily.\n\n- cook\n- taste it\n\nHot");
}

TEST(TextOfPlainHtml, ReadsTextAlone) {
  EXPECT_EQ(Plainly("Köche\n gesucht"), "Köche gesucht");
  EXPECT_EQ(Plainly(""), "");
}

TEST(TextOfPlainHtml, ReadsItemsOutsideOfAList) {
  EXPECT_EQ(Plainly("<h3>You</h3><div><li>cook</li><li>taste</li></div>"),
            "You\n\n- cook\n- taste");
}

TEST(TextOfPlainHtml, ReadsReferencesOnce) {
  EXPECT_EQ(Plainly("Tom &amp; Jerry &lt;b&gt; &amp;lt; &euro;5 &#8211; &#x1F372; a&nbsp;b"),
            "Tom & Jerry <b> &lt; €5 – 🍲 a b");
}

TEST(TextOfPlainHtml, TakesAnAmpersandThatBeginsNoReferenceForOne) {
  EXPECT_EQ(Plainly("R&D & Q&A, a&<b>b</b> &/ &&"), "R&D & Q&A, a&b &/ &&");
}

TEST(TextOfPlainHtml, LeavesReferencesThatNeedTheWholeTable) {
  for (const char* html : {"&ampere", "&notit;", "&copy 2026", "&fjlig;", "&#150;", "&#0;",
                           "&#xD800;", "&#65279;", "&#xFFFE;", "&#6666666666;", "&#12", "&D;"})
    EXPECT_FALSE(TextOfPlainHtml(html)) << html;
}

TEST(TextOfPlainHtml, LeavesCharactersThatHtmlReplaces) {
  for (const std::string& html :
       {std::string("a\0b", 3), std::string("a\x01"), std::string("\x7F"), std::string("\xC2\x85"),
        std::string("\xEF\xBB\xBF"), std::string("\xEF\xB7\x90"), std::string("\xEF\xBF\xBE"),
        std::string("\xF0\x9F\xBF\xBF"), std::string("\xC3"), std::string("\xED\xA0\x80")})
    EXPECT_FALSE(TextOfPlainHtml(html)) << html;
}

TEST(TextOfPlainHtml, LeavesMarkupInWhichATagEndsAnother) {
  for (const char* html :
       {"<p>a<p>b</p></p>", "<p>a<ul><li>b</li></ul></p>", "<p><b><div>a</div></b></p>",
        "<p>a<hr>b</p>", "<p><h2>a</h2></p>", "<h2>a<h3>b</h3></h2>",
        "<a href=\"x\">a<div><a href=\"y\">b</a></div></a>", "<p><li>a</li></p>",
        "<li><li>a</li></li>", "<ul><li>a<div><li>b</li></div></li></ul>",
        "<b><b><b><b>a</b></b></b></b>"})
    EXPECT_FALSE(TextOfPlainHtml(html)) << html;
}

TEST(TextOfPlainHtml, LeavesTagsThatAreNotClosedWhereTheyMustBe) {
  for (const char* html : {"<p>a", "a</p>", "<b><i>a</b></i>", "<ul><li>a<li>b</ul>", "<p/>a</p>"})
    EXPECT_FALSE(TextOfPlainHtml(html)) << html;
}

TEST(TextOfPlainHtml, LeavesTagsThatItDoesNotKnow) {
  for (const char* html :
       {"<table><tr><td>a</td></tr></table>", "<script>a</script>", "<x>a</x>", "<!-- a -->",
        "<p><button><p>a</p></button></p>", "</br>", "<strongest>"})
    EXPECT_FALSE(TextOfPlainHtml(html)) << html;
}

TEST(TextOfPlainHtml, LeavesTagsThatAreWrittenOddly) {
  for (const char* html : {"a < b", "<", "<p", "<p class=a>b</p>", "<p class>b</p>",
                           "<p class=\"a\"id=\"b\">c</p>", "<p class=\"a>b</p>", "</p x=\"\">",
                           "<p title=\"<b>\">a</p>", "<p =\"a\">b</p>", "<br / >"})
    EXPECT_FALSE(TextOfPlainHtml(html)) << html;
}

TEST(TextOfPlainHtml, LeavesMarkupThatATreeMightNotBear) {
  EXPECT_FALSE(TextOfPlainHtml(AsMany(3'001, "<div>") + "soup" + AsMany(3'001, "</div>")));
  EXPECT_FALSE(TextOfPlainHtml(AsMany(1'001, "a<br>")));
  EXPECT_FALSE(TextOfPlainHtml("<p" + AsMany(300, " a=\"\"") + ">soup</p>"));
}

constexpr std::array kTexts{"soup",      " ",        "\n\t",   "&nbsp;",           "\xC2\xA0",
                            "a  b",      "&amp;",    "R&D ",   "&lt;p>",           "&#8226; ",
                            "– ",        "&#160;",   "Zürich", "\xF0\x9F\x8D\xB2", "x\r\ny",
                            "&rsquo;s ", "\xC2\xA9", ">"};
constexpr std::array kPhrases{"b", "STRONG", "em", "i", "span", "u", "a", "font", "sup"};
constexpr std::array kBlocks{"p", "div", "ul", "ol", "li", "h2", "H3", "section"};
constexpr std::array kVoids{"<br>", "<br/>", "<BR />", "<hr>", "<img src='x'>"};
constexpr std::array kAttributes{"", "", "", " class=\"a b\"", " style='x: y;' id=\"&amp;>\"", " "};

// Markup of the pieces that descriptions are made of.
class Markup {
 public:
  explicit Markup(unsigned seed) : random_(seed) {}

  // Each tag closed where it must be, though many where they may not stand.
  std::string Nested(int depth) {
    std::string html;
    for (int left = Below(5); left >= 0; --left) {
      html += Pick(kTexts);
      if (Below(6) == 0) html += Pick(kVoids);
      if (depth == 0 || Below(3) == 0) continue;
      const std::string tag = Below(2) == 0 ? Pick(kPhrases) : Pick(kBlocks);
      html += "<" + tag + Pick(kAttributes) + ">";
      html += tag == "ul" || tag == "ol" ? Items(depth - 1) : Nested(depth - 1);
      html += "</" + tag + (Below(9) == 0 ? " >" : ">");
    }
    return html;
  }

  // Anything in any order.
  std::string Heap() {
    std::string html;
    for (int left = Below(12); left >= 0; --left) {
      const std::string tag = Below(2) == 0 ? Pick(kPhrases) : Pick(kBlocks);
      html += Below(3) == 0   ? std::string(Pick(kTexts))
              : Below(5) == 0 ? std::string(Pick(kVoids))
              : Below(2) == 0 ? "</" + tag + ">"
                              : "<" + tag + Pick(kAttributes) + ">";
    }
    return html;
  }

 private:
  int Below(int end) { return static_cast<int>(random_() % static_cast<unsigned>(end)); }
  template <typename List>
  const char* Pick(const List& list) {
    return list[random_() % list.size()];
  }
  std::string Items(int depth) {
    std::string html;
    for (int left = Below(4); left > 0; --left)
      html += "\n<li>" + Nested(depth) + "</li>" + (Below(4) == 0 ? Pick(kTexts) : "");
    return html;
  }

  std::mt19937 random_;
};

// How many of those were plain.
int CountPlain(const std::vector<std::string>& all) {
  int plain = 0;
  for (const std::string& html : all) {
    const auto text = TextOfPlainHtml(html);
    if (!text) continue;
    ++plain;
    EXPECT_EQ(*text, TextByTree(html)) << html;
  }
  return plain;
}

TEST(TextOfPlainHtml, IsWhatTheTreeSaysOfAnyMarkupThatItReads) {
  std::vector<std::string> nested, heaps;
  for (unsigned seed = 0; seed < 20'000; ++seed) {
    nested.push_back(Markup(seed).Nested(static_cast<int>(seed % 5)));
    heaps.push_back(Markup(seed).Heap());
  }

  EXPECT_GE(CountPlain(nested), 5'000);
  EXPECT_GE(CountPlain(heaps), 300);
}

}  // namespace
}  // namespace rolecall
