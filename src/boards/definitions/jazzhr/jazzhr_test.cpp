// JazzHR's traps, one by one.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/support/readings.h"
#include "tests/support/registry.h"

namespace rolecall {
namespace {

BoardAddress JazzBoard() { return *FindBoard("jazzhr", "acme"); }

std::string JazzRow(std::string_view href, std::string_view title = "Cook") {
  return fmt::format(
      R"(<tr id="row_job_{0}"><td><a class="job_title_link" href="{0}">{1}</a></td><td>Bern</td></tr>)",
      href, title);
}

std::string JazzPage(std::string_view rows) {
  return fmt::format("<html><div id=\"job_listings_wrapper\"><table>{}</table></div></html>", rows);
}

std::string JazzOutcome(const std::string& page) {
  return OutcomeOf(ReadBody(JazzBoard(), page)).substr(0, 100);
}

TEST(JazzHr, IsWholeOnlyWithItsWrapper) {
  const std::string row = JazzRow("/apply/jobs/details/A1");

  EXPECT_EQ(JazzOutcome(JazzPage(row)), "complete");
  EXPECT_EQ(JazzOutcome(JazzPage("")), "complete");
  EXPECT_EQ(JazzOutcome("<html><table>" + row + "</table></html>").substr(0, 58),
            "failed: jazzhr acme: a page without id=\"job_listings_wrapp");
  EXPECT_EQ(
      JazzOutcome("<html><title>JazzHR</title>Recruiting Software</html>"),
      "failed: jazzhr acme: a page without id=\"job_listings_wrapper\", titled \"JazzHR\", in 53 "
      "bytes: <html><");
}

TEST(JazzHr, APageThatBreaksOffIsNoList) {
  const std::string page = JazzPage(JazzRow("/apply/jobs/details/A1"));

  for (std::size_t size = 0; size < page.size(); ++size)
    EXPECT_TRUE(JazzOutcome(page.substr(0, size)).starts_with("failed: ")) << size;
}

TEST(JazzHr, AJobThatStandsTwiceIsOne) {
  const auto reading =
      ReadBody(JazzBoard(),
               JazzPage(JazzRow("/apply/jobs/details/A1?&") +
                        "<div><a class=\"job_title_link\" href=\"/apply/jobs/details/A1?&\">Cook"
                        "</a></div>"));

  EXPECT_EQ(OutcomeOf(reading), "complete");
  ASSERT_EQ(JobsOf(reading).size(), 1);
  EXPECT_EQ(JobsOf(reading).front().location, "Bern");
}

TEST(JazzHr, ALinkLeadsToAJobInSeveralForms) {
  for (const char* href :
       {"/apply/jobs/details/A1", "/apply/jobs/details/A1/", "/apply/jobs/details/A1?&amp;utm=x#y",
        "https://acme.applytojob.com/apply/jobs/details/A1",
        "https://acme.applytojob.com:443/apply/jobs/details/A1?&"}) {
    const auto reading = ReadBody(JazzBoard(), JazzPage(JazzRow(href)));
    ASSERT_EQ(OutcomeOf(reading), "complete") << href;
    EXPECT_EQ(JobsOf(reading).front().external_id, "A1") << href;
  }
}

TEST(JazzHr, AnotherCompanysJobIsNone) {
  EXPECT_EQ(
      JazzOutcome(JazzPage(JazzRow("https://ajax.applytojob.com/apply/jobs/details/A1"))),
      "failed: jazzhr acme: not one job among 1 entries (an entry of another company, ajax, (A1))");
  EXPECT_EQ(
      JazzOutcome(JazzPage(JazzRow("https://evil.example/apply/jobs/details/A1"))).substr(0, 72),
      "failed: jazzhr acme: not one job among 1 entries (an entry without id (<");
}

TEST(JazzHr, AnotherFormOfItsRowsIsNoEmptyList) {
  // As its newer pages have them.
  EXPECT_EQ(JazzOutcome(JazzPage("<li id=\"row_job_1\"><a href=\"/apply/A1/Cook\">Cook</a></li>")),
            "failed: jazzhr acme: not one job among 1 entries (an entry that no row holds (1 are "
            "marked, 0 stand ");
  EXPECT_EQ(JazzOutcome(JazzPage("<a class=\"job_title_link\" href=\"/apply/A1/Cook\">Cook</a>"))
                .substr(0, 71),
            "failed: jazzhr acme: not one job among 1 entries (an entry without id (");
}

TEST(JazzHr, ADepartmentIsThatOfItsOwnRow) {
  const std::string heading =
      "<tr class=\"resumator_department_heading\"><td>Kitchen</td></tr><tr><td><span "
      "class=\"resumator_department\">Kitchen</span></td></tr>";
  const std::string title_and_department =
      "Baker</a><br /><span class=\"resumator_department\">Bakery &amp; Shop</span>";

  const auto jobs = JobsOf(
      ReadBody(JazzBoard(), JazzPage(JazzRow("/apply/jobs/details/A1") + heading +
                                     JazzRow("/apply/jobs/details/B2", title_and_department))));

  ASSERT_EQ(jobs.size(), 2);
  EXPECT_EQ(jobs[0].facts.department, "");
  EXPECT_EQ(jobs[1].facts.department, "Bakery & Shop");
  EXPECT_EQ(jobs[1].location, "Bern");
}

TEST(JazzHr, ACompanyThatLeftLeadsToTheVendor) {
  const auto reading = ReadWith(JazzBoard(), [](const FetchRequest&) {
    Response home = Ok("<html><div id=\"job_listings_wrapper\"></div></html>");
    home.final_url = "https://www.jazzhr.com/";
    return home;
  });

  EXPECT_EQ(OutcomeOf(reading), "failed: redirected to www.jazzhr.com");
}

TEST(JazzHr, OlderThemesShowTheTextOnThePageAlone) {
  CannedFetcher fetcher([](const FetchRequest&) {
    return Ok(
        R"(<html><script type="application/ld+json">{"@type":"Organization","name":"Acme"}</script>
<h1 class="job_title">Cook</h1><div id="job_description_wrapper"><div class="job_description wide">
<p>Keep the soup <b>warm</b>.</p></div></div><form>Your name</form></html>)");
  });

  const auto content =
      ReadContent(JazzBoard(), {.external_id = "A1", .path = {}, .url = {}}, fetcher, {});

  ASSERT_TRUE(content) << content.error().message;
  EXPECT_EQ(content->description, "Keep the soup warm.");
  EXPECT_EQ(fetcher.asked().front().url, "https://acme.applytojob.com/apply/jobs/details/A1");
}

TEST(JazzHr, IsKnownByItsCareersPages) {
  EXPECT_EQ(BoardInAddress("https://acme.applytojob.com/apply/jobs/details/A1?&")->token, "acme");
  EXPECT_EQ(BoardInAddress("acme.applytojob.com")->token, "acme");
  EXPECT_FALSE(FindBoard("jazzhr", "www"));
}

}  // namespace
}  // namespace rolecall
