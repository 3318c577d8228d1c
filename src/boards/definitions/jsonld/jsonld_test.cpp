// Sites whose pages say their jobs: which pages are jobs, by what each is known, and what leaves a
// listing not whole.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/support/pretended_site.h"
#include "tests/support/registry.h"

namespace rolecall {
namespace {

constexpr std::string_view kMap = "acme.example/sitemap.xml";

// A sitemap of these paths, each with a page of its title.
PretendedSite SiteOfJobs(const std::vector<std::pair<std::string, std::string>>& pages) {
  std::vector<std::string> addresses;
  for (const auto& [path, body] : pages) addresses.push_back("https://acme.example" + path);
  PretendedSite site("/sitemap.xml", SitemapOf(addresses));
  for (const auto& [path, body] : pages) site.Put(path, body);
  return site;
}

// So many jobs at "/jobs/N".
PretendedSite SiteOf(int jobs) {
  std::vector<std::pair<std::string, std::string>> pages;
  for (int id = 1; id <= jobs; ++id)
    pages.emplace_back(fmt::format("/jobs/{}", id), PostingPage(fmt::format("Cook {}", id)));
  return SiteOfJobs(pages);
}

std::string IdsIn(const BoardReading& reading) {
  std::vector<std::string> ids;
  for (const ListedJob& job : JobsOf(reading)) ids.push_back(job.external_id);
  return fmt::format("{}", fmt::join(ids, " "));
}

TEST(JsonLd, AJobIsKnownByItsIdentifierOrItsAddress) {
  auto site = SiteOfJobs(
      {{"/jobs/cook", PostingPage("Cook", R"("identifier":{"value":7},"url":"/elsewhere")")},
       {"/jobs/baker?x=1", PostingPage("Baker")},
       {"/jobs/clerk", PostingPage("Clerk", R"("identifier":"/jobs/7")")}});

  const auto reading = site.Read(kMap);

  EXPECT_EQ(OutcomeOf(reading), "complete");
  EXPECT_EQ(IdsIn(reading), "7 /jobs/baker?x=1 /jobs/clerk");
  EXPECT_EQ(JobsOf(reading)[0].path, "/jobs/cook");
  EXPECT_EQ(JobsOf(reading)[0].url, "https://acme.example/jobs/cook");
  EXPECT_EQ(JobsOf(reading)[1].path, "");
}

TEST(JsonLd, AnIdentifierOfSeveralTitlesIsNone) {
  auto site = SiteOfJobs({{"/jobs/1", PostingPage("Cook", R"("identifier":"Acme")")},
                          {"/jobs/2", PostingPage("Baker", R"("identifier":"Acme")")},
                          {"/jobs/3", PostingPage("Clerk", R"("identifier":"R3")")}});

  EXPECT_EQ(IdsIn(site.Read(kMap)), "/jobs/1 /jobs/2 R3");
}

TEST(JsonLd, OneJobOnSeveralPagesHasAllTheirPlaces) {
  auto site =
      SiteOfJobs({{"/jobs/b", PostingPage("Cook", R"("identifier":"7","jobLocation":"Bern")")},
                  {"/jobs/a", PostingPage("COOK", R"("identifier":"7","jobLocation":"Aachen")")}});

  const auto reading = site.Read(kMap);

  EXPECT_EQ(OutcomeOf(reading), "complete");
  ASSERT_EQ(IdsIn(reading), "7");
  EXPECT_EQ(JobsOf(reading)[0].location, "Aachen; Bern");
  EXPECT_EQ(JobsOf(reading)[0].path, "/jobs/a");
}

TEST(JsonLd, APostingIsReadInWhateverFormItIs) {
  constexpr std::string_view kCook =
      R"({"@type":"JobPosting","title":"Cook","datePosted":"2025-8-26","identifier":7,
"description":"&lt;p&gt;Soup	&amp;amp;
stew&lt;/p&gt;","jobLocation":{"address":{"addressLocality":"Köln"}}})";
  for (const std::string& json :
       {std::string(kCook), fmt::format("[{{\"@type\":\"WebSite\"}},{}]", kCook),
        fmt::format(R"({{"@graph":[{}]}})", kCook), fmt::format("//<![CDATA[\n{}\n//]]>", kCook)}) {
    auto site = SiteOfJobs(
        {{"/jobs/1", fmt::format("<script type=application/ld+json>{}</script>", json)}});
    const auto reading = site.Read(kMap);
    ASSERT_EQ(IdsIn(reading), "7") << json;
    const ListedJob job = JobsOf(reading)[0];
    EXPECT_EQ(job.location, "Köln");
    EXPECT_EQ(InlineContent(*FindBoard("jsonld", kMap)->definition, *job.content).description,
              "Soup & stew");
  }
}

TEST(JsonLd, AnIndexLeadsToSitemapsAndThoseToPages) {
  PretendedSite site("/sitemap.xml", IndexOf({"/jobs.xml", "https://acme.example/more.xml"}));
  site.Put("/jobs.xml", SitemapOf({"/jobs/1", "http://acme.example/jobs/2#apply"}));
  site.Put("/more.xml", IndexOf({"/sitemap.xml", "/more.xml", "/deep/last.xml.gz"}));
  site.Put("/deep/last.xml.gz", SitemapOf({"/jobs/1", "https://acme.example/jobs/3"}));
  for (int id = 1; id <= 3; ++id) site.Put(fmt::format("/jobs/{}", id), PostingPage("Cook"));

  const auto reading = site.Read(kMap);

  EXPECT_EQ(OutcomeOf(reading), "complete");
  EXPECT_EQ(IdsIn(reading), "/jobs/1 /jobs/2 /jobs/3");
  EXPECT_EQ(reading.requests, 7);
}

TEST(JsonLd, ASitemapMayStandElsewhereOnItsSite) {
  PretendedSite site("/sitemap_index.xml", "");
  Response moved = Ok(SitemapOf({"jobs/1"}));
  moved.final_url = "https://acme.example/de/sitemap.xml";
  site.Put("/sitemap.xml", moved);
  site.Put("/de/jobs/1", PostingPage("Cook"));

  EXPECT_EQ(IdsIn(site.Read(kMap)), "/de/jobs/1");
}

TEST(JsonLd, EachSiteIsPacedByItself) {
  auto site = SiteOf(1);

  std::ignore = site.Read(kMap);

  ASSERT_EQ(site.asked().size(), 2);
  for (const FetchRequest& request : site.asked()) EXPECT_EQ(request.pacing_key, "");
}

TEST(JsonLd, PagesWithoutAPostingAreNoJobs) {
  auto site = SiteOfJobs({{"/", "<html>Acme</html>"},
                          {"/about", "<html>About</html>"},
                          {"/jobs", "<html>Jobs</html>"},
                          {"/jobs/1/", PostingPage("Cook")},
                          {"/jobs/2/", PostingPage("Baker")}});

  const auto reading = site.Read(kMap);

  EXPECT_EQ(OutcomeOf(reading), "complete");
  EXPECT_EQ(IdsIn(reading), "/jobs/1/ /jobs/2/");
}

TEST(JsonLd, APageWithoutItsPostingLeavesTheListingNotWhole) {
  auto site = SiteOf(5);
  site.Put("/jobs/2", "<html><script type='application/ld+json'></script>Sorry</html>");
  EXPECT_EQ(OutcomeOf(site.Read(kMap)),
            "whole but for 1: page 1, entry 1: the page /jobs/2 says no job posting");

  site.Put("/jobs/2", "<script type=application/ld+json>{\"@type\":\"JobPosting\",</script>");
  EXPECT_EQ(OutcomeOf(site.Read(kMap)),
            "whole but for 1: page 1, entry 1: the page /jobs/2 says what cannot be read");

  site.Put("/jobs/2", PostingPage(" "));
  EXPECT_EQ(OutcomeOf(site.Read(kMap)),
            "whole but for 1: page 1, entry 2: an entry without title (/jobs/2)");
}

TEST(JsonLd, APageThatLeadsToAListIsNoJob) {
  auto site = SiteOf(5);
  Response moved = Ok(PostingPage("Baker") + PostingPage("Clerk"));
  moved.final_url = "https://acme.example/jobs";
  site.Put("/jobs/2", moved);
  EXPECT_EQ(OutcomeOf(site.Read(kMap)),
            "whole but for 1: page 1, entry 1: the page /jobs/2 leads to /jobs");

  moved = Ok(PostingPage("Cook 2"));
  moved.final_url = "https://acme.example/jobs/2-cook";
  site.Put("/jobs/2", moved);
  EXPECT_EQ(OutcomeOf(site.Read(kMap)), "complete");
  EXPECT_EQ(IdsIn(site.Read(kMap)), "/jobs/1 /jobs/2-cook /jobs/3 /jobs/4 /jobs/5");
}

TEST(JsonLd, APageThatIsGoneIsNoJob) {
  auto site = SiteOf(3);
  site.Put("/jobs/2", Response{.status = 410});

  const auto reading = site.Read(kMap);

  EXPECT_EQ(OutcomeOf(reading), "complete");
  EXPECT_EQ(IdsIn(reading), "/jobs/1 /jobs/3");
}

TEST(JsonLd, ASiteOfWhichMostIsGoneIsNotComplete) {
  auto site = SiteOf(5);
  for (int id = 1; id <= 3; ++id) site.Put(fmt::format("/jobs/{}", id), Response{.status = 404});
  EXPECT_EQ(OutcomeOf(site.Read(kMap)), "partial: of 5 pages that the site names, 3 are gone");

  for (int id = 4; id <= 5; ++id) site.Put(fmt::format("/jobs/{}", id), Response{.status = 404});
  EXPECT_EQ(
      OutcomeOf(site.Read(kMap)),
      "failed: jsonld acme.example/sitemap.xml: not one job posting: of 5 pages that the site "
      "names, 5 are gone");
}

TEST(JsonLd, ASiteWithoutAPostingIsAFailure) {
  auto site = SiteOfJobs({{"/jobs/1", "<html>Checking your browser</html>"}, {"/jobs/2", ""}});

  EXPECT_EQ(OutcomeOf(site.Read(kMap)),
            "failed: jsonld acme.example/sitemap.xml: not one job posting: 2 pages without");
  EXPECT_EQ(OutcomeOf(PretendedSite("/sitemap.xml", SitemapOf({})).Read(kMap)),
            "failed: jsonld acme.example/sitemap.xml: not one job posting: 0 pages without");
}

}  // namespace
}  // namespace rolecall
