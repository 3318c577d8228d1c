// iCIMS' traps, one by one.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "fetch/cookie_jar.h"
#include "tests/support/readings.h"
#include "tests/support/registry.h"

namespace rolecall {
namespace {

BoardAddress IcimsBoard(std::string_view host = "careers-acme.icims.com") {
  return *FindBoard("icims", host);
}

std::string IcimsCard(std::string_view link, std::string_view before = "",
                      std::string_view title = "<h3 >Cook</h3>") {
  return fmt::format(
      R"(<li class="iCIMS_JobCardItem"><div class="row"><div class="col-xs-6 header left">{}</div>
<div class="col-xs-12 title"><a href="{}" class="iCIMS_Anchor">{}</a></div></div></li>)",
      before, link, title);
}

std::string IcimsPage(std::string_view rows, std::string_view pages = "Page 1 of 1") {
  return fmt::format(R"(<html><div class="iCIMS_MainWrapper iCIMS_ListingsPage"><h2
class="iCIMS_SubHeader iCIMS_SubHeader_Jobs">Search Results {}</h2><ul class="iCIMS_JobsTable">{}</ul></div></html>)",
                     pages, rows);
}

// Twenty cards, the first of this id.
std::string Twenty(int first) {
  std::string cards;
  for (int id = first; id < first + 20; ++id)
    cards += IcimsCard(fmt::format("/jobs/{}/cook/job?in_iframe=1", id));
  return cards;
}

int PageAskedFor(const FetchRequest& request) {
  return std::stoi(request.url.substr(request.url.find("&pr=") + 4));
}

std::string OutcomeOfIcims(const std::string& page) {
  return OutcomeOf(ReadBody(IcimsBoard(), page));
}

std::string PlaceOn(std::string_view before) {
  const auto jobs =
      JobsOf(ReadBody(IcimsBoard(), IcimsPage(IcimsCard("/jobs/7/cook/job", before))));
  return jobs.size() == 1 ? jobs.front().location : "(no job)";
}

TEST(Icims, TheWholeHostIsTheToken) {
  for (const char* host :
       {"careers-acme.icims.com", "uscareers-acme.icims.com", "external-acme.icims.com"}) {
    const auto pasted = BoardInAddress(fmt::format("https://{}/jobs/search?ss=1&pr=2", host));
    ASSERT_TRUE(pasted) << host;
    EXPECT_EQ(pasted->token, host);
  }
  EXPECT_FALSE(FindBoard("icims", "www.icims.com"));
  EXPECT_FALSE(FindBoard("icims", "acme"));
  EXPECT_FALSE(FindBoard("icims", "careers-acme.icims.com.evil.example"));
}

TEST(Icims, PagesAreAskedForOneAfterAnotherFromZero) {
  std::vector<std::string> cookies;
  CannedFetcher fetcher([&](const FetchRequest& request) {
    cookies.push_back(request.session->HeaderFor("https://careers-acme.icims.com", "/jobs/search"));
    request.session->Take("https://careers-acme.icims.com", "JSESSIONID=7; Path=/");
    const int page = PageAskedFor(request);
    return Ok(IcimsPage(Twenty(100 * page + 100), fmt::format("Page {} of 3", page + 1)));
  });

  const auto reading = *ReadBoard(IcimsBoard(), {}, {}, fetcher, {});

  EXPECT_EQ(OutcomeOf(reading), "complete");
  EXPECT_EQ(JobsOf(reading).size(), 60);
  EXPECT_EQ(fetcher.asked().front().url,
            "https://careers-acme.icims.com/jobs/search?ss=1&pr=0&in_iframe=1");
  EXPECT_EQ(cookies, (std::vector<std::string>{"", "JSESSIONID=7", "JSESSIONID=7"}));
}

TEST(Icims, AnotherPageThanItsSessionIsAtLeavesTheListNotWhole) {
  const auto reading = ReadWith(IcimsBoard(), [](const FetchRequest& request) {
    const int page = std::min(PageAskedFor(request), 1);
    return Ok(IcimsPage(Twenty(100 * page + 100), fmt::format("Page {} of 3", page + 1)));
  });

  EXPECT_EQ(OutcomeOf(reading), "partial: page 3 of 3 says that it is page 2");
  EXPECT_EQ(JobsOf(reading).size(), 40);
}

TEST(Icims, TheLinkOfAPageCountsThemTooWhereNoHeadingDoes) {
  const auto reading = ReadWith(IcimsBoard(), [](const FetchRequest& request) {
    std::string links;
    const int page = PageAskedFor(request);
    for (int one = 0; one < 2; ++one)
      links += fmt::format(
          R"(<a href="?pr={}"{}><span class="sr-only">Page</span> {} <span class="sr-only">of 2</span></a>)",
          one, one == page ? R"( class="selected")" : "", one + 1);
    return Ok(IcimsPage(Twenty(100 * page + 100), "") +
              fmt::format(R"(<div class="iCIMS_PagingBatch">{}</div>)", links));
  });

  EXPECT_EQ(OutcomeOf(reading), "complete");
  EXPECT_EQ(JobsOf(reading).size(), 40);
}

TEST(Icims, IsAListOnlyWithItsMark) {
  EXPECT_EQ(OutcomeOfIcims(IcimsPage("", "")), "complete");
  EXPECT_TRUE(
      OutcomeOfIcims("<html><title>Please log in</title><div class=\"iCIMS_LoginPage\"></html>")
          .starts_with("failed: icims careers-acme.icims.com: a page without "
                       "iCIMS_ListingsPage, titled \"Please log in\", in "));
  EXPECT_TRUE(OutcomeOfIcims("<html><script>window.top.location.href = 'https://jobs.acme.example';"
                             "</script><div id='iCIMS_ListingsPage_moved'></div>")
                  .starts_with("failed: icims careers-acme.icims.com: a page without </html> in "));
}

TEST(Icims, ADeadHostIsToldInOneSentence) {
  const auto outcome = [](const Result<Response>& response) {
    return OutcomeOf(ReadWith(IcimsBoard(), [&](const FetchRequest&) { return response; }));
  };
  Response away = Ok("<html>iCIMS</html>");
  away.final_url = "https://www.icims.com/";

  EXPECT_EQ(outcome(Fail(Errc::kUnavailable, "careers-acme.icims.com: Could not resolve host")),
            "failed: careers-acme.icims.com: Could not resolve host");
  EXPECT_EQ(
      outcome(Response{.status = 404, .body = "<html>Not found</html>"}),
      "failed: HTTP 404: there is no such board. Is \"careers-acme.icims.com\" the right token?");
  EXPECT_EQ(outcome(away), "failed: redirected to www.icims.com");
}

TEST(Icims, ThePlaceIsFoundWhateverItsLabel) {
  const std::string label = "<span class=\"sr-only field-label\">";

  EXPECT_EQ(PlaceOn(label + "Job Locations</span><span > US-SC-City</span>"), "US-SC-City");
  EXPECT_EQ(PlaceOn(label + "Location</span><span>Remote</span>"), "Remote");
  EXPECT_EQ(PlaceOn(label + "Seat Location</span><span>B2</span>" + label +
                    "Job Location</span><span>US-SC-City | US-Remote</span>"),
            "US-SC-City; US-Remote");
  EXPECT_EQ(PlaceOn(label + "Standort</span><span>DE-BE-Berlin</span>"), "DE-BE-Berlin");
  EXPECT_EQ(
      PlaceOn(
          "<dt class=\"iCIMS_JobHeaderField\">Location</dt><dd class=\"x\"><span>Bern</span></dd>"),
      "Bern");
  EXPECT_EQ(PlaceOn(label + "ID</span><span>2026-7600</span>"), "");
}

TEST(Icims, ATitleStandsInAHeadingOfAnyRank) {
  const auto title = [](std::string_view of) {
    const auto jobs =
        JobsOf(ReadBody(IcimsBoard(), IcimsPage(IcimsCard("/jobs/7/cook/job", "", of))));
    return jobs.size() == 1 ? jobs.front().title : "(no job)";
  };

  EXPECT_EQ(title("<span class=\"sr-only\">Title</span><h2>Cook &amp; Baker</h2>"), "Cook & Baker");
  EXPECT_EQ(title("<i title=\"7 - Cook\">icon</i>"), "Cook");
}

TEST(Icims, OlderPortalsHaveRowsWithoutCards) {
  const auto reading = ReadBody(
      IcimsBoard(),
      IcimsPage(
          R"(<div class="row"><div class="col-xs-6 header left"><span class="field-label">Location</span><span>Bern</span></div>
<div class="title"><a href="/jobs/7/cook/job"><h2>Cook</h2></a></div></div>
<div class="row"><div class="col-xs-12 title"><a href="/jobs/8/job"><h2>Baker</h2></a></div></div>)"));

  EXPECT_EQ(OutcomeOf(reading), "complete");
  ASSERT_EQ(JobsOf(reading).size(), 2);
  EXPECT_EQ(JobsOf(reading)[0].location, "Bern");
  EXPECT_EQ(JobsOf(reading)[1].url, "https://careers-acme.icims.com/jobs/8/job");
}

TEST(Icims, AnotherFormOfItsRowsIsNoEmptyList) {
  const std::string told = OutcomeOfIcims(IcimsPage(
      R"(<table><tr><td><a href="https://careers-acme.icims.com/jobs/7/cook/job?in_iframe=1">Cook</a></td></tr></table>)"));

  EXPECT_EQ(told,
            "failed: icims careers-acme.icims.com: not one job among 1 entries (an entry that no "
            "row holds (1 are marked, 0 stand in rows))");
}

TEST(Icims, AJobOfAnotherHostIsNone) {
  EXPECT_EQ(
      OutcomeOfIcims(IcimsPage(IcimsCard("https://evil.example/jobs/7/cook/job"))),
      "failed: icims careers-acme.icims.com: not one job among 1 entries (an entry of another "
      "company, evil.example, (7))");
}

TEST(Icims, ADateIsThePostingsOnlyWhereItsLabelSaysSo) {
  const auto posted_by = [](std::string_view label) {
    const std::string date = fmt::format(
        R"(<span class="sr-only field-label">{}</span> <span title="5/6/2026 10:23 AM">3 days ago</span>)",
        label);
    const auto jobs =
        JobsOf(ReadBody(IcimsBoard(), IcimsPage(IcimsCard("/jobs/7/cook/job", date))));
    return jobs.size() == 1 ? jobs.front().facts.posted : "(no job)";
  };

  EXPECT_EQ(posted_by("Posted Date"), "5/6/2026 10:23 AM");
  EXPECT_EQ(posted_by("Date posted"), "5/6/2026 10:23 AM");
  EXPECT_EQ(posted_by("Closing Date"), "");
}

}  // namespace
}  // namespace rolecall
