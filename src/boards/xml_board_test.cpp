// What is not the promised XML is an error that says what was found, and no document makes much of
// little.
#include "boards/xml_board.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/text.h"
#include "tests/support/readings.h"
#include "tests/support/registry.h"

namespace rolecall {
namespace {

std::string XmlTrouble(std::string_view body) {
  const auto page = ReadXmlPage(*FindBoard("personio", "acme"), {}, body);
  return page ? fmt::format("{} jobs", page->jobs.size()) : page.error().message;
}

constexpr std::string_view kCook = "<position><id>7</id><name>Cook</name></position>";

std::string Feed(std::string_view positions) {
  return fmt::format("<workzag-jobs>{}</workzag-jobs>", positions);
}

TEST(ReadXmlPage, ReadsAnEmptyFeedAsNone) {
  EXPECT_EQ(XmlTrouble(Feed("")), "0 jobs");
  EXPECT_EQ(XmlTrouble("<workzag-jobs/>"), "0 jobs");
}

TEST(ReadXmlPage, RefusesWhatIsNotTheFeed) {
  EXPECT_EQ(XmlTrouble(""), "personio acme: no XML (No document element found) in 0 bytes: ");
  EXPECT_EQ(
      XmlTrouble("<rss><item/></rss>"),
      "personio acme: no \"workzag-jobs\" around \"position\" in 18 bytes: <rss><item/></rss>");
  EXPECT_TRUE(XmlTrouble("{\"jobs\":[]}").starts_with("personio acme: no XML ("));
  EXPECT_TRUE(XmlTrouble("<!doctype html><html><body>Sorry<br></body></html>")
                  .starts_with("personio acme: no XML ("));
}

TEST(ReadXmlPage, RefusesAFeedThatIsCutAnywhere) {
  const std::string feed = Feed(fmt::format("{0}{0}", kCook));
  ASSERT_EQ(XmlTrouble(feed), "2 jobs");

  for (std::size_t size = 0; size < feed.size(); ++size)
    EXPECT_FALSE(ReadXmlPage(*FindBoard("personio", "acme"), {}, feed.substr(0, size))) << size;
}

TEST(ReadXmlPage, TellsAnEntryThatCannotBeReadByWhatItHolds) {
  const auto page = ReadXmlPage(*FindBoard("personio", "acme"), {},
                                Feed(fmt::format("{}<position><name> </name><id>8</id></position>"
                                                 "<position>\n<x/>\n</position>",
                                                 kCook)));

  ASSERT_TRUE(page) << page.error().message;
  ASSERT_EQ(page->unreadable.size(), 2);
  EXPECT_EQ(page->unreadable[0].what, "an entry without title (8)");
  EXPECT_EQ(page->unreadable[1].place, 3);
  EXPECT_EQ(page->unreadable[1].what, "an entry without id (<position> <x/> </position>)");
}

TEST(ReadXmlPage, TakesNoEntitiesIn) {
  std::string bomb =
      "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">"
      "<!ENTITY f SYSTEM \"file:///etc/passwd\">]>";
  bomb += Feed("<position><id>7</id><name>Cook &b; &f;</name></position>");
  const auto page = ReadXmlPage(*FindBoard("personio", "acme"), {}, bomb);

  ASSERT_TRUE(page) << page.error().message;
  EXPECT_EQ(page->jobs.front().title, "Cook &b; &f;");
}

TEST(ReadXmlPage, BearsAnyDepth) {
  std::string deep;
  for (int i = 0; i < 200'000; ++i) deep += "<a>";
  EXPECT_FALSE(ReadXmlPage(*FindBoard("personio", "acme"), {}, Feed(deep)));
  std::string closed = deep;
  for (int i = 0; i < 200'000; ++i) closed += "</a>";
  EXPECT_EQ(XmlTrouble(Feed(closed)), "0 jobs");
}

TEST(ReadXmlPage, ReadsAttributesAndNamesWithPrefixes) {
  const auto read = ReadDefinition(R"(
kind = "feed"
pacing_key = "example.com"
token = '[a-z]+'
token_shape = "a name"
[list]
url = "https://example.com/{token}/feed"
form = "xml"
jobs = "/rss/channel/item"
total = "/rss/channel/@total"
[fields]
id = "/g:id"
title = "/title"
url = "/link/@href"
location = [["/g:place/@city", "/g:place/@land"]]
content = "/description"
)",
                                   "test.toml");
  ASSERT_TRUE(read) << read.error().message;
  const auto reading = ReadBody({*read, "acme"}, R"(<?xml version="1.0" encoding="ISO-8859-1"?>
<rss><channel total="2"><title>Jobs</title><item><g:id>7</g:id><title>Köchin</title>
<link href="https://example.com/7"/><g:place city="Köln" land="DE"/><description>So<![CDATA[u<b>p</b>]]></description></item></channel></rss>)");

  EXPECT_EQ(OutcomeOf(reading), "partial: incomplete: 1 of a stated 2");
  ASSERT_EQ(JobsOf(reading).size(), 1);
  const ListedJob job = JobsOf(reading).front();
  EXPECT_EQ(job.external_id, "7");
  EXPECT_EQ(job.title, "Köchin");
  EXPECT_EQ(job.url, "https://example.com/7");
  EXPECT_EQ(job.location, "Köln, DE");
  EXPECT_EQ(*job.content, "Sou<b>p</b>");
}

TEST(ReadXmlPage, TakesAReferenceToNoCharacterForOne) {
  const auto page =
      ReadXmlPage(*FindBoard("personio", "acme"), {},
                  Feed("<position><id>7&#x110000;</id><name>Co&#xD800;ok</name></position>"));

  ASSERT_TRUE(page) << page.error().message;
  ASSERT_EQ(page->jobs.size(), 1);
  EXPECT_TRUE(IsWhole(page->jobs[0].external_id)) << page->jobs[0].external_id;
  EXPECT_TRUE(IsWhole(page->jobs[0].title)) << page->jobs[0].title;
  EXPECT_TRUE(page->jobs[0].external_id.starts_with("7\uFFFD"));
}

}  // namespace
}  // namespace rolecall
