// What hides markup, and what only looks as if it did.
#include "content/shown_html.h"

#include <gtest/gtest.h>

namespace rolecall {
namespace {

std::string Shown(std::string_view html) {
  const auto shown = ShownHtml(html);
  return shown ? *shown : shown.error().message;
}

std::string Repeated(int count, std::string_view text) {
  std::string all;
  for (int i = 0; i < count; ++i) all += text;
  return all;
}

TEST(ShownHtml, TakesOffCommentsScriptsAndStyles) {
  EXPECT_EQ(Shown("<p>a</p><!-- <a href='/7'>b</a> -->c"), "<p>a</p> c");
  EXPECT_EQ(Shown("a<SCRIPT type='x'>if (1 > 0) w('<a href=\"/7\">');</Script >b"), "a b");
  EXPECT_EQ(Shown("a<style>p > a {}</style>b<script\nsrc='x'></script>c"), "a b c");
  EXPECT_EQ(Shown("a<script>w('<!--')</script>b<!-- <script> -->c"), "a b c");
}

TEST(ShownHtml, EndsACommentWhereBrowsersDo) {
  EXPECT_EQ(Shown("a<!-->b"), "a b");
  EXPECT_EQ(Shown("a<!--->b"), "a b");
  EXPECT_EQ(Shown("a<!-- x -- > y -->b"), "a b");
  EXPECT_EQ(Shown("<!--[if IE 7]><html><![endif]--><p>b"), " <p>b");
}

TEST(ShownHtml, LeavesWhatOnlyLooksHidden) {
  EXPECT_EQ(Shown("<scripted>a</scripted><styles>b"), "<scripted>a</scripted><styles>b");
  EXPECT_EQ(Shown("1 < 2 <! -- b"), "1 < 2 <! -- b");
  EXPECT_EQ(Shown("a<"), "a<");
  EXPECT_EQ(Shown(""), "");
}

TEST(ShownHtml, RefusesAPageThatEndsWithinWhatIsHidden) {
  EXPECT_EQ(Shown("<p>a<!-- b <p>c"), "a page that ends within a comment");
  EXPECT_EQ(Shown("<p>a<script>b<p>c"), "a page that ends within a script");
  EXPECT_EQ(Shown("<p>a<style>b</style"), "a page that ends within a style");
  EXPECT_EQ(Shown("<p>a<script"), "a page that ends within a script");
}

TEST(ShownHtml, BearsAPageOfNothingButBeginnings) {
  EXPECT_EQ(Shown(Repeated(2'000'000, "<!--")), "a page that ends within a comment");
  EXPECT_EQ(Shown(Repeated(2'000'000, "<!-->")), Repeated(2'000'000, " "));
  EXPECT_EQ(Shown(Repeated(2'000'000, "<script>")), "a page that ends within a script");
  EXPECT_EQ(Shown(Repeated(2'000'000, "<p>")), Repeated(2'000'000, "<p>"));
}

TEST(TitleOfPage, IsOneLineOrNothing) {
  EXPECT_EQ(TitleOfPage("<html><head><TITLE lang=en>\n Log in &amp; out\n</TITLE>"),
            "Log in & out");
  EXPECT_EQ(TitleOfPage("<html><body>"), "");
  EXPECT_EQ(TitleOfPage("<title"), "");
  EXPECT_LE(TitleOfPage("<title>" + std::string(5'000, 'a')).size(), 1'024);
}

}  // namespace
}  // namespace rolecall
