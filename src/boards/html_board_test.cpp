// Rows of a page become jobs, and what is no such page, or no row, never passes for nothing.
#include "boards/html_board.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/support/html_definition.h"
#include "tests/support/readings.h"

namespace rolecall {
namespace {

constexpr std::string_view kListOfRows = R"toml(must_hold = ['id="jobs"']
row = '<li class="job"'
row_ends = '</ul>'
row_marker = 'href="[^"]*/job/([0-9]+)'
in_row = ['href="(?:https://(?P<company>[a-z]+)\.example\.com)?/job/(?P<id>[0-9]+)"[^>]*>(?P<title>.*?)</a>',
          '<td>(?P<place>.*?)</td>', 'title="(?P<title>[^"]*)"'])toml";
constexpr std::string_view kFieldsOfRows = "location = \"/place\"\ncompany = \"/company\"";

BoardAddress BoardOfPages() { return {*ReadHtmlDefinition(kListOfRows, kFieldsOfRows), "acme"}; }

std::string HtmlRow(std::string_view id, std::string_view title, std::string_view place = "Bern") {
  return fmt::format("<li class=\"job\"><a href=\"/job/{}\">{}</a><td>{}</td></li>\n", id, title,
                     place);
}

std::string HtmlPage(std::string_view rows) {
  return fmt::format("<html><ul id=\"jobs\">{}</ul><p>Foot</p></html>", rows);
}

// Copies of a text, joined.
std::string Copies(int count, std::string_view text) {
  std::string all;
  for (int i = 0; i < count; ++i) all += text;
  return all;
}

TEST(ReadHtmlPage, MakesJobsOfRows) {
  const auto reading =
      ReadBody(BoardOfPages(), HtmlPage(HtmlRow("7", "Cook") + HtmlRow("8", "Baker", "Rome")));

  EXPECT_EQ(OutcomeOf(reading), "complete");
  ASSERT_EQ(JobsOf(reading).size(), 2);
  EXPECT_EQ(JobsOf(reading)[1].external_id, "8");
  EXPECT_EQ(JobsOf(reading)[1].title, "Baker");
  EXPECT_EQ(JobsOf(reading)[1].location, "Rome");
  EXPECT_EQ(JobsOf(reading)[1].url, "https://example.com/acme/8");
}

TEST(ReadHtmlPage, ReadsTextsAsHtml) {
  const auto reading = ReadBody(
      BoardOfPages(),
      HtmlPage(HtmlRow("7", "\n <b>Cook</b> &amp;\n Baker&nbsp;(m/w) &eacute;", "K&#246;ln")));

  ASSERT_EQ(JobsOf(reading).size(), 1);
  EXPECT_EQ(JobsOf(reading).front().title, "Cook & Baker (m/w) é");
  EXPECT_EQ(JobsOf(reading).front().location, "Köln");
}

TEST(ReadHtmlPage, TakesOfAGroupTheFirstPatternThatFindsSomething) {
  const auto reading = ReadBody(
      BoardOfPages(), HtmlPage("<li class=\"job\"><a href=\"/job/7\"> </a><b title=\"Cook\">"));

  ASSERT_EQ(JobsOf(reading).size(), 1);
  EXPECT_EQ(JobsOf(reading).front().title, "Cook");
  EXPECT_EQ(JobsOf(reading).front().location, "");
}

TEST(ReadHtmlPage, TakesAPageWithoutItsMarkForNoList) {
  EXPECT_EQ(OutcomeOf(ReadBody(BoardOfPages(), HtmlPage(""))), "complete");
  EXPECT_EQ(OutcomeOf(ReadBody(BoardOfPages(), "<html><title>Log\nin</title>")),
            "failed: paged_html acme: a page without id=\"jobs\", titled \"Log in\", in 27 bytes: "
            "<html><title>Log in</title>");
  EXPECT_EQ(OutcomeOf(ReadBody(BoardOfPages(), "")),
            "failed: paged_html acme: a page without id=\"jobs\" in 0 bytes: ");
  EXPECT_TRUE(
      OutcomeOf(ReadBody(BoardOfPages(), "<!-- " + HtmlPage(HtmlRow("7", "Cook")) + " -->Sorry"))
          .starts_with("failed: paged_html acme: a page without id=\"jobs\" in "));
}

TEST(ReadHtmlPage, RefusesAPageThatEndsWithinAComment) {
  EXPECT_TRUE(OutcomeOf(ReadBody(BoardOfPages(),
                                 HtmlPage(HtmlRow("7", "Cook") + "<!-- " + HtmlRow("8", "Baker"))))
                  .starts_with("failed: paged_html acme: a page that ends within a comment in "));
}

TEST(ReadHtmlPage, SeesNoRowsInScriptsAndComments) {
  const auto reading =
      ReadBody(BoardOfPages(), HtmlPage(HtmlRow("7", "Cook") + "<script>w('" + HtmlRow("8", "No") +
                                        "')</script><!--" + HtmlRow("9", "No") + "-->"));

  EXPECT_EQ(OutcomeOf(reading), "complete");
  EXPECT_EQ(JobsOf(reading).size(), 1);
}

TEST(ReadHtmlPage, ARowThatLacksAFieldIsNotDropped) {
  std::string rows;
  for (int id = 10; id < 20; ++id) rows += HtmlRow(std::to_string(id), "Cook");

  EXPECT_EQ(OutcomeOf(ReadBody(BoardOfPages(), HtmlPage(rows + HtmlRow("7", "<img src='x'>")))),
            "whole but for 1: page 1, entry 11: an entry without title (7)");
  EXPECT_EQ(OutcomeOf(ReadBody(BoardOfPages(), HtmlPage(rows + HtmlRow("7a", "Baker")))),
            "whole but for 1: page 1, entry 11: an entry without id (<li class=\"job\"><a "
            "href=\"/job/7a\">Baker</a><td>Bern</td></li>)");
}

TEST(ReadHtmlPage, AJobThatNoRowHoldsIsNotDropped) {
  std::string rows;
  for (int id = 10; id < 20; ++id) rows += HtmlRow(std::to_string(id), "Cook");
  const std::string other = "<div class=\"job\"><a href=\"/job/7\">Baker</a></div>";

  // Whether it stands before the rows, within the last, or behind them; once more is no other.
  const std::string told =
      "whole but for 1: page 1, entry 11: an entry that no row holds (11 are marked, 10 stand in "
      "rows)";
  EXPECT_EQ(OutcomeOf(ReadBody(BoardOfPages(), other + HtmlPage(rows))), told);
  EXPECT_EQ(OutcomeOf(ReadBody(BoardOfPages(), HtmlPage(rows + other))), told);
  EXPECT_EQ(OutcomeOf(ReadBody(BoardOfPages(), HtmlPage(rows) + other + other)), told);
  EXPECT_EQ(OutcomeOf(ReadBody(BoardOfPages(), HtmlPage(rows) + "<a href=\"/job/15\">Cook</a>")),
            "complete");
  EXPECT_EQ(OutcomeOf(ReadBody(BoardOfPages(), HtmlPage(other + other))),
            "failed: paged_html acme: not one job among 1 entries (an entry that no row holds (1 "
            "are marked, 0 stand in rows))");
}

TEST(ReadHtmlPage, AMarkerWithoutAGroupCountsEachPlace) {
  const BoardAddress board{*ReadHtmlDefinition(R"toml(must_hold = ['id="jobs"']
row = '<li'
row_marker = 'job_row'
in_row = ['<li>(?P<id>[0-9]+) (?P<title>.*?)</li>'])toml"),
                           "acme"};

  EXPECT_EQ(OutcomeOf(ReadBody(board, HtmlPage("job_row <li>7 Cook</li>"))), "complete");
  EXPECT_EQ(OutcomeOf(ReadBody(board, HtmlPage("job_row job_row"))),
            "failed: paged_html acme: not one job among 2 entries (an entry that no row holds (2 "
            "are marked, 0 stand in rows))");
}

TEST(ReadHtmlPage, ALinkToAnotherCompanyIsNoJobOfThisBoard) {
  const std::string rows = "<li class=\"job\"><a href=\"https://acme.example.com/job/7\">Cook</a>";

  EXPECT_EQ(OutcomeOf(ReadBody(BoardOfPages(), HtmlPage(rows))), "complete");
  EXPECT_EQ(
      OutcomeOf(ReadBody(
          BoardOfPages(),
          HtmlPage("<li class=\"job\"><a href=\"https://ajax.example.com/job/7\">Cook</a>"))),
      "failed: paged_html acme: not one job among 1 entries (an entry of another company, ajax, "
      "(7))");
}

TEST(ReadHtmlPage, ARowEndsWhereItsListEnds) {
  const auto reading =
      ReadBody(BoardOfPages(),
               HtmlPage("<li class=\"job\"><a href=\"/job/7\">Cook</a>") + "<td>Imprint</td>");

  EXPECT_EQ(JobsOf(reading).front().location, "");
}

TEST(ReadHtmlPage, BearsPagesThatAreMadeToHurt) {
  const auto outcome = [](const std::string& body) {
    return OutcomeOf(ReadBody(BoardOfPages(), body)).substr(0, 60);
  };
  const int mega = 1 << 20;

  EXPECT_EQ(outcome(HtmlPage(Copies(100'000, "<div>") + HtmlRow("7", "Cook"))), "complete");
  EXPECT_EQ(outcome(HtmlPage(HtmlRow("7", Copies(100'000, "<div>") + "Cook"))),
            "failed: paged_html acme: not one job among 1 entries (an ent");
  EXPECT_EQ(outcome(HtmlPage(HtmlRow("7", "Cook") + Copies(mega, "<b>"))), "complete");
  EXPECT_EQ(outcome(HtmlPage(Copies(mega, "<li class=\"job\">"))),
            "failed: paged_html acme: a page of more than 100000 rows in ");
  EXPECT_EQ(outcome(HtmlPage(Copies(90'000, "<li class=\"job\"><a href=\"/job/7\">"))),
            "failed: paged_html acme: not one job among 90000 entries (an");
  EXPECT_EQ(outcome(HtmlPage("<li class=\"job\">" + Copies(mega, "<a href=\"/job/7\"><td>"))),
            "failed: paged_html acme: not one job among 1 entries (an ent");
  EXPECT_EQ(outcome(HtmlPage(Copies(mega, "<!-->") + HtmlRow("7", "Cook"))), "complete");
  EXPECT_EQ(outcome(HtmlPage(Copies(mega, "<!--"))),
            "failed: paged_html acme: a page that ends within a comment i");
  EXPECT_EQ(outcome(std::string(60 << 20, 'a')),
            "failed: paged_html acme: a page without id=\"jobs\" in 6291456");
  EXPECT_EQ(outcome(HtmlPage(std::string(60 << 20, '<') + HtmlRow("7", "Cook"))), "complete");
}

}  // namespace
}  // namespace rolecall
