// An element is told by its tag, and ends where its own end tag stands.
#include "content/page_element.h"

#include <gtest/gtest.h>

#include <string>

namespace rolecall {
namespace {

std::string With(std::string_view html) {
  return std::string(ElementWith(html, "id=\"job\"").value_or("(none)"));
}

TEST(ElementWith, EndsWithItsOwnEndTag) {
  EXPECT_EQ(With("<p>x</p><div class='a' id=\"job\"><p>Cook</p></div><div>y</div>"), "<p>Cook</p>");
  EXPECT_EQ(With("<DIV id=\"job\">a<div>b<div>c</Div></div>d</div>e</div>"),
            "a<div>b<div>c</Div></div>d");
  EXPECT_EQ(With("<div id=\"job\">a<divider>b</divider></p>c</div>d"),
            "a<divider>b</divider></p>c");
  EXPECT_EQ(With("<h2 id=\"job\">a<h3>b</h3></h2>"), "a<h3>b</h3>");
}

TEST(ElementWith, IsFoundByItsTagAlone) {
  EXPECT_EQ(With("We write id=\"job\" here. <b>id=\"job\"</b><i id=\"job\">a</i>"), "a");
  EXPECT_EQ(With("</i id=\"job\"><i id=\"job\">b</i>"), "b");
  EXPECT_EQ(With("<i id=\"jobs\">a</i>"), "(none)");
  EXPECT_EQ(With(""), "(none)");
}

TEST(ElementWith, IsNoneWhereItNeverEnds) {
  EXPECT_EQ(With("<div id=\"job\">a<div>b</div>"), "(none)");
  EXPECT_EQ(With("<div id=\"job\""), "(none)");
  EXPECT_EQ(With("<div id=\"job\">"), "(none)");
}

TEST(ElementWith, BearsAPageOfNothingButMarks) {
  std::string marks, tags = "<div id=\"job\">";
  for (int i = 0; i < 1'000'000; ++i) marks += "id=\"job\"";
  for (int i = 0; i < 1'000'000; ++i) tags += "<div>";

  EXPECT_EQ(With(marks), "(none)");
  EXPECT_EQ(With(tags), "(none)");
}

}  // namespace
}  // namespace rolecall
