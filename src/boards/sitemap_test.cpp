// Sitemaps as sites write them, and addresses that lead elsewhere.
#include "boards/sitemap.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace rolecall {
namespace {

std::string AddressesIn(std::string_view body) {
  const auto sitemap = ReadSitemap(body);
  if (!sitemap) return "error: " + sitemap.error().message;
  return fmt::format(
      "{}{}{}", sitemap->is_index ? "index: " : "", fmt::join(sitemap->addresses, " "),
      sitemap->without_address > 0 ? fmt::format(" +{}", sitemap->without_address) : "");
}

TEST(ReadSitemap, NamesPagesAndOtherSitemaps) {
  EXPECT_EQ(AddressesIn(R"(<?xml version="1.0"?><?xml-stylesheet href="s.xsl"?><!-- made -->
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:i="x"><url><loc> https://a.example/1?a=1&amp;b=2
</loc><lastmod>2026-01-01</lastmod><i:image><i:loc>https://a.example/p.png</i:loc></i:image></url>
<url><loc><![CDATA[https://a.example/2]]></loc></url></urlset>)"),
            "https://a.example/1?a=1&b=2 https://a.example/2");
  EXPECT_EQ(AddressesIn("<s:sitemapindex><s:sitemap><s:loc>/jobs.xml</s:loc></s:sitemap>"
                        "</s:sitemapindex>"),
            "index: /jobs.xml");
  EXPECT_EQ(AddressesIn("<urlset/>"), "");
}

TEST(ReadSitemap, CountsEntriesThatNameNothing) {
  EXPECT_EQ(AddressesIn("<urlset><url/><url><loc> </loc></url><url><loc>/1</loc></url></urlset>"),
            "/1 +2");
}

TEST(ReadSitemap, RefusesWhatIsCutAnywhereOrAnotherThing) {
  const std::string whole = "<urlset><url><loc>/1</loc></url></urlset>";
  for (std::size_t size = 0; size < whole.size(); ++size)
    EXPECT_FALSE(ReadSitemap(whole.substr(0, size))) << size;

  EXPECT_EQ(AddressesIn("<rss><channel/></rss>"), "error: no sitemap, but \"rss\"");
  EXPECT_TRUE(AddressesIn("<!doctype html><html><br></html>")
                  .starts_with("error: a sitemap of 32 bytes that is no XML ("));
}

TEST(ReadSitemap, TakesNoEntitiesIn) {
  EXPECT_EQ(AddressesIn("<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">"
                        "<!ENTITY f SYSTEM \"file:///etc/passwd\">]>"
                        "<urlset><url><loc>/&b;&f;</loc></url></urlset>"),
            "/&b;&f;");
}

TEST(SaysSitemap, LooksAtTheOutermostElementAlone) {
  EXPECT_TRUE(SaysSitemap("<?xml version=\"1.0\"?>\n<urlset xmlns=\"x\"><url>"));
  EXPECT_TRUE(SaysSitemap("<sm:sitemapindex>"));
  EXPECT_FALSE(SaysSitemap("<html><p>&lt;urlset&gt;</p></html>"));
  EXPECT_FALSE(SaysSitemap("<urlsets>"));
  EXPECT_FALSE(SaysSitemap(""));
}

std::string PathOf(std::string_view address) {
  const auto path = PathOnSite("https://jobs.acme.example/de/sitemap.xml", address);
  return path ? *path : "error: " + path.error().message;
}

TEST(PathOnSite, IsWhatStandsBehindTheHost) {
  EXPECT_EQ(PathOf("https://jobs.acme.example/7?a=1#apply"), "/7?a=1");
  EXPECT_EQ(PathOf("http://JOBS.acme.example/7"), "/7");
  EXPECT_EQ(PathOf("https://jobs.acme.example:443/7"), "/7");
  EXPECT_EQ(PathOf("https://jobs.acme.example"), "/");
  EXPECT_EQ(PathOf("/7"), "/7");
  EXPECT_EQ(PathOf(" 7 "), "/de/7");
  EXPECT_EQ(PathOf("https://jobs.acme.example/a/../b/./c"), "/b/c");
}

TEST(PathOnSite, NamesTheHostOfWhatLeadsElsewhere) {
  EXPECT_EQ(PathOf("https://acme.example/7"), "error: acme.example");
  EXPECT_EQ(PathOf("//evil.example/7"), "error: evil.example");
  EXPECT_EQ(PathOf("https://jobs.acme.example:8443/7"), "error: jobs.acme.example:8443");
  for (const char* none : {"https://me@jobs.acme.example/7", "ftp://jobs.acme.example/7",
                           "http://127.0.0.1/7", "javascript:alert(1)", "mailto:jobs@acme.example"})
    EXPECT_EQ(PathOf(none), fmt::format("error: {}, which is no address", none));
}

TEST(FolderOf, IsWhatAddressesOfOneSortHaveInCommon) {
  EXPECT_EQ(FolderOf("/jobs/7"), "/jobs");
  EXPECT_EQ(FolderOf("/jobs/7/"), "/jobs");
  EXPECT_EQ(FolderOf("/job?id=7&at=/x/y"), "/job?");
  EXPECT_EQ(FolderOf("/jobs"), "");
  EXPECT_EQ(FolderOf("/"), "");
}

}  // namespace
}  // namespace rolecall
