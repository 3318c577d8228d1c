// What leads away from a site, never ends, fails, or is no site at all.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/support/pretended_site.h"
#include "tests/support/registry.h"

namespace rolecall {
namespace {

constexpr std::string_view kSitemap = "acme.example/sitemap.xml";

PretendedSite SiteOfCooks(int jobs) {
  std::vector<std::string> addresses;
  for (int id = 1; id <= jobs; ++id) addresses.push_back(fmt::format("/jobs/{}", id));
  PretendedSite site("/sitemap.xml", SitemapOf(addresses));
  for (const std::string& path : addresses) site.Put(path, PostingPage("Cook"));
  return site;
}

TEST(JsonLd, APageThatFailedLeavesThePagesThatDidNot) {
  auto site = SiteOfCooks(4);
  site.Put("/jobs/2", Response{.status = 503});

  const auto reading = site.Read(kSitemap);

  EXPECT_EQ(OutcomeOf(reading), "partial: 1 page could not be read (/jobs/2: HTTP 503)");
  EXPECT_EQ(JobsOf(reading).size(), 3);
}

TEST(JsonLd, ThreeFailuresInARowEndAReading) {
  auto site = SiteOfCooks(9);
  for (int id = 3; id <= 9; ++id) site.Put(fmt::format("/jobs/{}", id), Response{.status = 403});

  const auto reading = site.Read(kSitemap);

  EXPECT_EQ(OutcomeOf(reading),
            "partial: stopped after 3 pages in a row that could not be read, before 4 others; 3 "
            "pages could not be read (/jobs/3: HTTP 403)");
  EXPECT_EQ(reading.requests, 6);
}

TEST(JsonLd, ASitemapThatFailedLeavesTheOthers) {
  PretendedSite site("/sitemap.xml", IndexOf({"/a.xml", "/b.xml", "/c.xml", "/d.xml"}));
  site.Put("/a.xml", Response{.status = 500});
  site.Put("/b.xml", SitemapOf({"/jobs/1"}).substr(0, 30));
  site.Put("/c.xml", "<urlset><url/><url><loc>/jobs/1</loc></url></urlset>");
  site.Put("/jobs/1", PostingPage("Cook"));

  const auto reading = site.Read(kSitemap);

  EXPECT_TRUE(OutcomeOf(reading).starts_with(
      "partial: the sitemap /a.xml could not be read (HTTP 500); the sitemap /b.xml could not be "
      "read (a sitemap of 30 bytes that is no XML ("))
      << OutcomeOf(reading);
  EXPECT_TRUE(OutcomeOf(reading).ends_with(
      "; the sitemap /c.xml has 1 entry without an address; the sitemap /d.xml could not be read "
      "(HTTP 404)"))
      << OutcomeOf(reading);
  EXPECT_EQ(JobsOf(reading).size(), 1);
}

TEST(JsonLd, AnotherSiteIsNeverAsked) {
  PretendedSite site("/sitemap.xml", IndexOf({"/jobs.xml", "https://other.example/jobs.xml"}));
  site.Put("/jobs.xml", SitemapOf({"/jobs/1", "http://127.0.0.1/jobs/2", "//other.example/3"}));
  site.Put("/jobs/1", PostingPage("Cook"));

  const auto reading = site.Read(kSitemap);

  EXPECT_EQ(OutcomeOf(reading), "partial: 3 addresses are on another site, such as other.example");
  EXPECT_EQ(JobsOf(reading).size(), 1);
  for (const FetchRequest& request : site.asked())
    EXPECT_TRUE(request.url.starts_with("https://acme.example/")) << request.url;
}

TEST(JsonLd, ARedirectToAnotherSiteIsNoEvidence) {
  auto site = SiteOfCooks(3);
  Response away = Ok(PostingPage("Baker"));
  away.final_url = "https://sso.example/login";
  site.Put("/jobs/2", away);
  EXPECT_EQ(OutcomeOf(site.Read(kSitemap)),
            "partial: 1 page could not be read (/jobs/2: redirected to sso.example)");

  away.status = 404;
  site.Put("/jobs/2", away);
  EXPECT_EQ(OutcomeOf(site.Read(kSitemap)),
            "partial: 1 page could not be read (/jobs/2: redirected to sso.example)");

  site.Put("/sitemap.xml", away);
  EXPECT_EQ(OutcomeOf(site.Read(kSitemap)),
            "failed: jsonld acme.example/sitemap.xml: redirected to sso.example");
}

TEST(JsonLd, TheCapsLeaveAListingThatIsNotComplete) {
  auto site = SiteOfCooks(9);

  const auto few_pages = site.Read(kSitemap, {.max_jobs = 50, .max_pages = 4});
  EXPECT_EQ(OutcomeOf(few_pages), "partial: stopped at the cap of 4 pages, before 6 others");
  EXPECT_EQ(few_pages.requests, 4);
  EXPECT_EQ(JobsOf(few_pages).size(), 3);

  EXPECT_EQ(OutcomeOf(site.Read(kSitemap, {.max_jobs = 5, .max_pages = 50})),
            "partial: stopped at the cap of 5 jobs");
  EXPECT_EQ(OutcomeOf(site.Read(kSitemap, {.max_jobs = 9, .max_pages = 10})), "complete");
}

TEST(JsonLd, AnIndexWithoutEndStopsAtTheCap) {
  int next = 0;
  const auto reading =
      ReadWith(*FindBoard("jsonld", kSitemap),
               [&](const FetchRequest&) { return Ok(IndexOf({fmt::format("/{}.xml", ++next)})); },
               {.max_jobs = 50, .max_pages = 20});

  EXPECT_EQ(reading.requests, 20);
  EXPECT_EQ(
      OutcomeOf(reading),
      "failed: jsonld acme.example/sitemap.xml: not one job posting: stopped at the cap of 20 "
      "pages, before 1 other");
}

TEST(JsonLd, ALargeOrHostileSitemapIsASentence) {
  std::string bomb = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\">]>";
  for (int i = 0; i < 1'000; ++i) bomb += "&a;";
  std::string deep = "<urlset>";
  for (int i = 0; i < 100'000; ++i) deep += "<url>";
  std::string large = "<urlset>";
  while (large.size() < 60'000'000) large += std::string(100'000, ' ') + "<url><loc>/x</loc></url>";
  const auto outcome = [](std::string body) {
    return OutcomeOf(PretendedSite("/sitemap.xml", std::move(body)).Read(kSitemap));
  };

  EXPECT_TRUE(outcome(bomb).starts_with("failed: jsonld acme.example/sitemap.xml: neither a"));
  EXPECT_TRUE(outcome(deep).starts_with("failed: jsonld acme.example/sitemap.xml: a sitemap of "));
  EXPECT_TRUE(outcome(large).starts_with("failed: jsonld acme.example/sitemap.xml: a sitemap of "));
  EXPECT_EQ(
      outcome(large + "</urlset>"),
      "failed: jsonld acme.example/sitemap.xml: not one job posting: of 1 pages that the site "
      "names, 1 are gone");
}

TEST(JsonLd, ASiteThatIsNotThereIsAFailure) {
  EXPECT_EQ(OutcomeOf(PretendedSite("/", "").Read(kSitemap)),
            "failed: jsonld acme.example/sitemap.xml: HTTP 404: there is no such page. Is "
            "\"acme.example/sitemap.xml\" the right token?");
  EXPECT_EQ(OutcomeOf(PretendedSite("/", "<html>Hello</html>").Read("acme.example")),
            "failed: jsonld acme.example: neither a sitemap nor a page with job postings in 18 "
            "bytes: <html>Hello</html>");
}

TEST(JsonLd, TokensAreHostsAndPathsThatStayWhereTheyAre) {
  for (const char* token : {"acme",
                            "https://acme.example/sitemap.xml",
                            "acme.example:8443/sitemap.xml",
                            "me@acme.example/sitemap.xml",
                            "acme.example/../sitemap.xml",
                            "acme.example/./x",
                            "acme.example//x",
                            "acme.example/.git",
                            "acme.example/%2e%2E/x",
                            "acme.example/a%2Fb",
                            "acme.example/x%00",
                            "acme.example/a b",
                            "acme.example/x#",
                            "10.0.0.1/sitemap.xml",
                            "2130706433/x",
                            "localhost/sitemap.xml",
                            "[::1]/x",
                            "acme.example/x?a=/../b",
                            "acme.example\\x",
                            "ftp://acme.example/x",
                            "-/x",
                            ""})
    EXPECT_FALSE(FindBoard("jsonld", token)) << token;
  for (const char* token :
       {"acme.example", "acme.example/", "careers.acme.example/de/sitemap.xml",
        "acme.example/sitemap.xml?type=jobs&page=1", "acme.example/sitemap.xml#/jobs/",
        "acme.example/offene-stellen_1/~x/a.b.xml.gz", "acme.example/k%C3%B6ln"})
    EXPECT_TRUE(FindBoard("jsonld", token)) << token;
}

TEST(JsonLd, ASitemapIsFoundByItsAddress) {
  const auto found = [](std::string_view address) {
    const auto board = BoardInAddress(address);
    return board ? fmt::format("{} {}", Traits(*board->definition).kind, board->token) : "none";
  };

  EXPECT_EQ(found("https://Careers.acme.example/de/sitemap-jobs.xml"),
            "jsonld careers.acme.example/de/sitemap-jobs.xml");
  EXPECT_EQ(found("https://acme.example/sitemap_index.xml.gz"),
            "jsonld acme.example/sitemap_index.xml.gz");
  EXPECT_EQ(found("https://acme.example/sitemap"), "none");
  EXPECT_EQ(found("https://acme.example/../sitemap.xml"), "none");
}

}  // namespace
}  // namespace rolecall
