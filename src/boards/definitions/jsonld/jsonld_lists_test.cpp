// Pages that list, tokens that say which addresses are jobs, and a job's own page as its witness.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/support/pretended_site.h"
#include "tests/support/registry.h"

namespace rolecall {
namespace {

std::string ListPage(std::string_view keys, std::string_view entries) {
  return fmt::format(
      R"(<script type="application/ld+json">{{"@type":"ItemList",{}"itemListElement":[{}]}}</script>)",
      keys, entries);
}

std::string CookAt(std::string_view url) {
  return fmt::format(R"({{"@type":"JobPosting","title":"Cook","url":"{}"}})", url);
}

std::string IdsOf(const BoardReading& reading) {
  std::vector<std::string> ids;
  for (const ListedJob& job : JobsOf(reading)) ids.push_back(job.external_id);
  return fmt::format("{}", fmt::join(ids, " "));
}

TEST(JsonLd, APageThatListsIsCompleteByItsTotalAlone) {
  const std::string cooks = CookAt("/jobs/1") + "," + CookAt("/jobs/2");

  const auto whole =
      PretendedSite("/jobs", ListPage(R"("numberOfItems":2,)", cooks)).Read("acme.example/jobs");
  EXPECT_EQ(OutcomeOf(whole), "complete");
  EXPECT_EQ(IdsOf(whole), "/jobs/1 /jobs/2");
  EXPECT_EQ(whole.stated_total, 2);
  EXPECT_EQ(OutcomeOf(PretendedSite("/jobs", ListPage(R"("numberOfItems":9,)", cooks))
                          .Read("acme.example/jobs")),
            "partial: incomplete: 2 of a stated 9");
  const auto unsaid = PretendedSite("/jobs", ListPage("", cooks)).Read("acme.example/jobs");
  EXPECT_EQ(OutcomeOf(unsaid),
            "partial: the page does not say how many jobs it lists: these may not be all");
  EXPECT_EQ(JobsOf(unsaid).size(), 2);
}

TEST(JsonLd, APageLeadsToThePagesThatItLists) {
  PretendedSite site("/jobs", ListPage(R"("numberOfItems":3,)",
                                       R"({"url":"/jobs/1"},{"url":"jobs/2"},"/jobs/3")"));
  site.Put("/jobs/1", PostingPage("Cook"));
  site.Put("/jobs/2", PostingPage("Baker"));

  EXPECT_EQ(OutcomeOf(site.Read("acme.example/jobs")), "complete");
  EXPECT_EQ(IdsOf(site.Read("acme.example/jobs")), "/jobs/1 /jobs/2");
  site.Put("/jobs/3", "<html>Sorry</html>");
  EXPECT_EQ(OutcomeOf(site.Read("acme.example/jobs")),
            "whole but for 1: page 1, entry 1: the page /jobs/3 says no job posting");
}

TEST(JsonLd, APostingInAListNeedsAnAddressOrAnIdentifier) {
  const auto outcome = [](std::string_view posting) {
    const std::string cooks =
        fmt::format("{},{},{},{}", CookAt("/1"), CookAt("/2"), CookAt("/3"), posting);
    return OutcomeOf(
        PretendedSite("/jobs", ListPage(R"("numberOfItems":4,)", cooks)).Read("acme.example/jobs"));
  };

  EXPECT_EQ(outcome(R"({"@type":"JobPosting","title":"Baker","identifier":"7"})"), "complete");
  EXPECT_EQ(outcome(R"({"@type":"JobPosting","title":"Baker"})"),
            "whole but for 1: page 1, entry 1: an entry without address or identifier, in a list, "
            "(/jobs)");
  EXPECT_EQ(
      outcome(R"({"@type":"JobPosting","title":"Baker","url":"https://ats.example/7"})"),
      "whole but for 1: page 1, entry 1: an entry whose page is on another site, ats.example, "
      "(/jobs)");
}

TEST(JsonLd, OfSeveralPostingsOnItsPageAJobIsThatWhichNamesIt) {
  PretendedSite site("/sitemap.xml", SitemapOf({"/jobs/1", "/jobs/2"}));
  const std::string related = PostingPage("Baker", R"("url":"/jobs/2","description":"Short")");
  site.Put("/jobs/1", related + PostingPage("Cook", R"("url":"/jobs/1")"));
  site.Put("/jobs/2", PostingPage("Baker", R"("url":"/jobs/2","description":"Bread")"));

  const auto reading = site.Read("acme.example/sitemap.xml");

  EXPECT_EQ(IdsOf(reading), "/jobs/1 /jobs/2");
  EXPECT_EQ(JobsOf(reading)[1].content, "Bread");
}

TEST(JsonLd, ATokenSaysWhatTheAddressesOfJobsHold) {
  PretendedSite site("/sitemap.xml",
                     SitemapOf({"/about", "https://other.example/blog", "/job/a/1", "/job/b/2"}));
  site.Put("/job/a/1", PostingPage("Cook"));
  site.Put("/job/b/2", PostingPage("Baker"));

  const auto reading = site.Read("acme.example/sitemap.xml#/job/");
  EXPECT_EQ(OutcomeOf(reading), "complete");
  EXPECT_EQ(IdsOf(reading), "/job/a/1 /job/b/2");
  EXPECT_EQ(reading.requests, 3);

  site.Put("/job/b/2", "<html>Checking your browser</html>");
  EXPECT_EQ(CompletenessOf(site.Read("acme.example/sitemap.xml#/job/").listing),
            Completeness::kPartial);
}

TEST(JsonLd, NoSuchAddressIsNoJobAtAll) {
  PretendedSite site("/sitemap.xml", IndexOf({"/a.xml"}));
  site.Put("/a.xml", SitemapOf({"/about"}));
  EXPECT_EQ(OutcomeOf(site.Read("acme.example/sitemap.xml#/job/")), "complete");

  site.Put("/a.xml", Response{.status = 503});
  EXPECT_EQ(
      OutcomeOf(site.Read("acme.example/sitemap.xml#/job/")),
      "failed: jsonld acme.example/sitemap.xml#/job/: not one job posting: the sitemap /a.xml "
      "could not be read (HTTP 503)");
}

// What the job's own page makes of it.
WitnessAnswer AskOwnPage(const ListedRef& job, Response response, std::string* asked = nullptr) {
  CannedFetcher fetcher([&](const FetchRequest&) { return response; });
  const auto answer =
      *AskWitness(*FindBoard("jsonld", "acme.example/sitemap.xml#/job/"), job, fetcher, {});
  if (asked != nullptr) *asked = fetcher.asked().at(0).url;
  return answer;
}

TEST(JsonLd, AJobsOwnPageIsItsWitness) {
  const ListedRef by_number{"7", "/job/cook?x=1", "https://acme.example/job/cook?x=1"};
  const ListedRef by_path{"/job/cook", "", "https://acme.example/job/cook"};
  const Response cook = Ok(PostingPage("Cook", R"("identifier":"7")"));
  std::string asked;

  EXPECT_EQ(AskOwnPage(by_number, cook, &asked).witness, Witness::kStands);
  EXPECT_EQ(asked, "https://acme.example/job/cook?x=1");
  EXPECT_EQ(AskOwnPage(by_path, cook, &asked).witness, Witness::kStands);
  EXPECT_EQ(asked, "https://acme.example/job/cook");
  for (const int status : {404, 410})
    EXPECT_EQ(AskOwnPage(by_number, {.status = status}).witness, Witness::kGone);
}

TEST(JsonLd, AnyOtherAnswerOfItsPageIsUnclear) {
  const ListedRef job{"7", "/job/cook", "https://acme.example/job/cook"};
  Response moved{.status = 404};
  moved.final_url = "https://acme.example/jobs";

  EXPECT_EQ(AskOwnPage(job, Ok(PostingPage("Cook", R"("identifier":"8")"))).witness,
            Witness::kUnclear);
  EXPECT_EQ(AskOwnPage(job, Ok("<html>Sorry</html>")).witness, Witness::kUnclear);
  EXPECT_EQ(AskOwnPage({"/job/cook", "", ""}, Ok("<html>Sorry</html>")).witness, Witness::kUnclear);
  EXPECT_EQ(AskOwnPage(job, moved).witness, Witness::kUnclear);
  EXPECT_EQ(AskOwnPage(job, {.status = 403}).witness, Witness::kUnclear);
}

}  // namespace
}  // namespace rolecall
