// What rows of a page state of a job beside its words, and where a definition may look for it.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/support/html_definition.h"
#include "tests/support/readings.h"

namespace rolecall {
namespace {

constexpr std::string_view kRowsWithFacts = R"toml(must_hold = ['id="jobs"']
row = '<tr>'
in_row = ['<td>(?P<id>[0-9]+)</td><td>(?P<title>.*?)</td>', '<i>(?P<date>.*?)</i>',
          '<b>(?P<team>.*?)</b>', '<u>(?P<work>.*?)</u>', '<s>(?P<pay>.*?)</s>',
          'least="(?P<least>[^"]*)"'])toml";

JobFacts FactsOfRow(std::string_view fields, std::string_view row) {
  const BoardAddress board{*ReadHtmlDefinition(kRowsWithFacts, fields), "acme"};
  const auto jobs = JobsOf(ReadBody(
      board, fmt::format(R"(<table id="jobs"><tr><td>7</td><td>Cook</td>{}</table>)", row)));
  return jobs.size() == 1 ? jobs.front().facts : JobFacts{.posted = "(no job)"};
}

TEST(FactsOfRows, AreWhatTheGroupsFind) {
  const JobFacts facts = FactsOfRow(
      "posted = \"/date\"\nworkplace = \"/work\"\ndepartment = \"/team\"\nsalary = \"/pay\"",
      "<i>5/6/2026</i><b>Food &amp; Drink</b><u>Fully <em>remote</em></u><s>12 an hour</s>");

  EXPECT_EQ(facts.posted, "5/6/2026");
  EXPECT_EQ(facts.department, "Food & Drink");
  EXPECT_EQ(facts.workplace, "remote");
  EXPECT_EQ(facts.salary, "12 an hour");
}

TEST(FactsOfRows, AreNotStatedWhereARowHasNoneOfThem) {
  const JobFacts facts = FactsOfRow("posted = \"/date\"\ndepartment = \"/team\"", "<i> </i>");

  EXPECT_EQ(facts, JobFacts{});
}

TEST(FactsOfRows, MustBeGroupsOfARow) {
  const auto refused = [](std::string_view fields) {
    const auto read = ReadHtmlDefinition(kRowsWithFacts, fields);
    return read ? "" : read.error().message;
  };

  EXPECT_EQ(refused("salary = { least = \"/least\" }"), "");
  EXPECT_TRUE(refused("posted = \"/day\"").contains("fields.posted"));
  EXPECT_TRUE(refused("department = [\"/team\", \"/unit\"]").contains("fields.department"));
  EXPECT_TRUE(refused("workplace = { remote = \"/far\" }").contains("fields.workplace"));
  EXPECT_TRUE(refused("salary = { most = \"/most\" }").contains("fields.salary"));
}

}  // namespace
}  // namespace rolecall
