// A listing whose pages count themselves is whole only where each is the one that was asked for,
// and as full as the first.
#include "boards/stated_pages.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/support/html_definition.h"
#include "tests/support/readings.h"

namespace rolecall {
namespace {

constexpr std::string_view kCountedList = R"toml(paging = "page"
first_page = 0
must_hold = ['<ul>']
row = '<li'
in_row = ['<li>(?P<id>[0-9]+) (?P<title>[^<]+)']
pages = ['Page (?P<page>[0-9]+) of (?P<pages>[0-9]+)', 'of (?P<pages>[0-9]+) pages'])toml";

std::string PageOfRows(int first, int jobs, std::string_view says) {
  std::string rows;
  for (int id = first; id < first + jobs; ++id) rows += fmt::format("<li>{} Cook", id);
  return fmt::format("<p>{}</p><ul>{}</ul>", says, rows);
}

// The pages of a board, by the number that is asked for.
BoardReading ReadCounted(const std::vector<std::string>& pages) {
  const BoardAddress board{*ReadHtmlDefinition(kCountedList), "acme"};
  return ReadWith(board, [&](const FetchRequest& request) -> Result<Response> {
    const auto page =
        static_cast<std::size_t>(std::stoi(request.url.substr(request.url.find('=') + 1)));
    if (page >= pages.size()) return Response{.status = 400};
    return Ok(pages[page]);
  });
}

std::string CountedOutcome(const std::vector<std::string>& pages) {
  return OutcomeOf(ReadCounted(pages));
}

const std::string kOne = PageOfRows(10, 3, "Page 1 of 3");
const std::string kTwo = PageOfRows(20, 3, "Page 2 of 3");

TEST(StatedPages, AreReadToTheLastFromZeroOn) {
  const auto reading = ReadCounted({kOne, kTwo, PageOfRows(30, 1, "Page 3 of 3")});

  EXPECT_EQ(OutcomeOf(reading), "complete");
  EXPECT_EQ(JobsOf(reading).size(), 7);
  EXPECT_EQ(reading.requests, 3);
}

TEST(StatedPages, MayBeCountedByAnotherPattern) {
  EXPECT_EQ(CountedOutcome({PageOfRows(10, 2, "of 2 pages"), PageOfRows(20, 2, "of 2 pages")}),
            "complete");
}

TEST(StatedPages, AFullLastPageIsTheLast) {
  EXPECT_EQ(CountedOutcome({PageOfRows(10, 3, "Page 1 of 1")}), "complete");
}

TEST(StatedPages, AnEmptyListMaySayNothingOfThem) {
  EXPECT_EQ(CountedOutcome({PageOfRows(0, 0, "No jobs")}), "complete");
  EXPECT_EQ(CountedOutcome({PageOfRows(0, 0, "Page 1 of 1")}), "complete");
  EXPECT_EQ(CountedOutcome({PageOfRows(0, 0, "Page 1 of 0")}), "complete");
}

TEST(StatedPages, WithoutTheirNumberAListIsNotWhole) {
  EXPECT_EQ(CountedOutcome({PageOfRows(10, 3, "Jobs")}),
            "partial: page 1 does not say of how many it is");
  EXPECT_EQ(CountedOutcome({PageOfRows(10, 3, "Page 1 of 99999999999")}),
            "partial: page 1 does not say of how many it is");
  EXPECT_EQ(CountedOutcome({kOne, PageOfRows(20, 3, "Jobs")}),
            "partial: page 2 does not say of how many it is");
}

TEST(StatedPages, AnotherPageThanWasAskedForIsNoPage) {
  EXPECT_EQ(CountedOutcome({kOne, kOne}), "partial: page 2 of 3 says that it is page 1");
  EXPECT_EQ(CountedOutcome({kTwo}), "partial: page 1 of 3 says that it is page 2");
}

TEST(StatedPages, AnEmptyPageAmongThemIsNoEnd) {
  EXPECT_EQ(CountedOutcome({PageOfRows(0, 0, "Page 1 of 3")}), "failed: page 1 of 3 holds no job");
  EXPECT_EQ(CountedOutcome({kOne, PageOfRows(0, 0, "Page 2 of 3")}),
            "partial: page 2 of 3 holds no job");
  EXPECT_EQ(CountedOutcome({kOne, kTwo, PageOfRows(0, 0, "Page 3 of 3")}),
            "partial: page 3 of 3 holds no job");
}

TEST(StatedPages, AListThatMovesWhileItIsReadIsNotWhole) {
  EXPECT_EQ(CountedOutcome({kOne, PageOfRows(20, 3, "Page 2 of 4")}),
            "partial: the board shifted: of 3 pages, page 2 says that there are 4");
  EXPECT_EQ(CountedOutcome({kOne, PageOfRows(20, 2, "Page 2 of 3")}),
            "partial: the board shifted: page 2 of 3 holds 2 jobs, and page 1 3");
  EXPECT_EQ(CountedOutcome({kOne, kTwo, PageOfRows(30, 4, "Page 3 of 3")}),
            "partial: the board shifted: page 3 of 3 holds 4 jobs, and page 1 3");
  EXPECT_EQ(CountedOutcome({kOne, kTwo, PageOfRows(22, 1, "Page 3 of 3")}),
            "whole but for 1: page 3, entry 1: 22 again, as on page 2");
}

TEST(StatedPages, APageThatFailsLeavesTheOthers) {
  const auto reading = ReadCounted({kOne});

  EXPECT_EQ(OutcomeOf(reading), "partial: page 2 failed (HTTP 400)");
  EXPECT_EQ(JobsOf(reading).size(), 3);
}

TEST(StatedPages, ComeWithPagingByPage) {
  const auto why = [](std::string list) {
    const auto read = ReadHtmlDefinition(list);
    return read ? "" : read.error().message;
  };
  std::string list(kCountedList);

  EXPECT_EQ(why(list), "");
  EXPECT_EQ(why(list.substr(list.find('\n') + 1)),
            "board definition test.toml: list.pages: come with paging by page");
  EXPECT_EQ(why("first_page = 2\n" + list.substr(0, 16) + list.substr(31)),
            "board definition test.toml: list.first_page: must be 0 or 1");
  EXPECT_EQ(why(list.substr(0, list.find("pages =")) + "pages = ['Page ([0-9]+)']"),
            "board definition test.toml: list.pages: must have a group (?P<pages>…), the number of "
            "pages");
}

}  // namespace
}  // namespace rolecall
