// What a definition of a list in HTML must say, and what it may not.
#include "boards/html_list.h"

#include <gtest/gtest.h>

#include "tests/support/html_definition.h"

namespace rolecall {
namespace {

std::string WhyWrongList(std::string_view list, std::string_view fields = "") {
  const auto read = ReadHtmlDefinition(list, fields);
  return read ? "" : read.error().message;
}

TEST(HtmlList, IsHeldToWhatCanBeRead) {
  const std::string good = "must_hold = ['x']\nrow = '<li'\n";
  const std::string in_row = "in_row = ['>(?P<id>[0-9]+) (?P<title>[^<]+)']";
  const std::string list = "board definition test.toml: list.";

  EXPECT_EQ(WhyWrongList(good + in_row), "");
  EXPECT_EQ(WhyWrongList("row = '<li'\n" + in_row),
            list + "must_hold: is missing: what only a page with the list holds");
  EXPECT_EQ(WhyWrongList("must_hold = ['x']\n" + in_row), list + "row: is missing");
  EXPECT_EQ(WhyWrongList(good), list + "in_row: is missing");
  EXPECT_EQ(WhyWrongList(good + "in_row = ['<b>(.*)</b>']"),
            list + "in_row: must name its groups, as in (?P<title>[^<]+)");
  EXPECT_EQ(WhyWrongList(good + "in_row = ['(?P<id>[0-9']"),
            list + "in_row: is no regular expression: missing ]: [0-9");
  EXPECT_EQ(WhyWrongList("must_hold = ['x']\nrow = '(<li)?'\n" + in_row),
            list + "row: finds the empty text, which is everywhere");
  EXPECT_EQ(WhyWrongList(good + "row_marker = '(a)(b)'\n" + in_row),
            list + "row_marker: has one group at most, which tells jobs apart");
  EXPECT_EQ(WhyWrongList(good + "total = '/total'\n" + in_row),
            list + "total: is not read of HTML");
  EXPECT_EQ(WhyWrongList(good + in_row, "location = ['/city']"),
            "board definition test.toml: fields.location: /city names no group of list.in_row, "
            "which has id, title");
  EXPECT_EQ(WhyWrongList("jobs = '/jobs'\n" + good + in_row),
            list + "jobs: is no key of a definition.");
}

}  // namespace
}  // namespace rolecall
