// What a listing whose site states the number of its pages may be called.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/support/readings.h"

namespace rolecall {
namespace {

std::string DefinitionWithPages(std::string_view paging) {
  return fmt::format(R"(
kind = "counted"
pacing_key = "example.com"
token = '[a-z]+'
token_shape = "a name"
[list]
url = "https://example.com/{{token}}?page={{page}}&start={{offset}}"
paging = "{}"
size = 2
jobs = "/jobs"
total = "/rows"
pages = "/pages"
[fields]
id = "/id"
title = "/title"
url = "https://example.com/{{id}}"
content = "/text"
)",
                     paging);
}

// The outcome of a board that answers with these pages in turn.
std::string OutcomeOfPages(std::vector<std::string> pages) {
  const auto read = ReadDefinition(DefinitionWithPages("page"), "test.toml");
  if (!read) throw std::runtime_error(read.error().message);
  std::size_t next = 0;
  return OutcomeOf(ReadWith({*read, "acme"}, [&](const FetchRequest&) -> Result<Response> {
    if (next == pages.size()) return Fail(Errc::kUnavailable, "asked beyond the last");
    return Ok(pages[next++]);
  }));
}

// A page with the jobs from `first` to `last`, and what the site states.
std::string CountedPage(int first, int last, std::string_view stated) {
  std::vector<std::string> jobs;
  for (int id = first; id <= last; ++id)
    jobs.push_back(fmt::format(R"({{"id":{},"title":"Cook"}})", id));
  return fmt::format(R"({{"jobs":[{}]{}}})", fmt::join(jobs, ","), stated);
}

constexpr std::string_view kThree = R"(,"pages":3)";

TEST(Pages, AreReadToTheirStatedNumber) {
  EXPECT_EQ(OutcomeOfPages(
                {CountedPage(1, 2, kThree), CountedPage(3, 4, kThree), CountedPage(5, 6, kThree)}),
            "complete");
  EXPECT_EQ(OutcomeOfPages({CountedPage(1, 0, R"(,"pages":0)")}), "complete");
  EXPECT_EQ(OutcomeOfPages({CountedPage(1, 2, R"(,"pages":2)"), CountedPage(3, 4, kThree),
                            CountedPage(5, 5, kThree)}),
            "complete");
}

TEST(Pages, MayStandBesideATotalThatIsComparedThen) {
  EXPECT_EQ(OutcomeOfPages({CountedPage(1, 2, R"(,"pages":2,"rows":3)"),
                            CountedPage(3, 3, R"(,"pages":2,"rows":3)")}),
            "complete");
  EXPECT_EQ(OutcomeOfPages({CountedPage(1, 2, R"(,"pages":1,"rows":9)")}),
            "partial: incomplete: 2 of a stated 9");
}

TEST(Pages, BeforeTheLastAreFull) {
  EXPECT_EQ(OutcomeOfPages({CountedPage(1, 2, kThree), CountedPage(3, 3, kThree)}),
            "partial: page 2 of 3 holds 1, not 2");
  EXPECT_EQ(OutcomeOfPages({CountedPage(1, 2, kThree), CountedPage(3, 2, kThree)}),
            "partial: page 2 of 3 holds 0, not 2");
}

TEST(Pages, ThatAreNotStatedOrStatedWronglyEndAListingThatIsNotComplete) {
  EXPECT_EQ(OutcomeOfPages({CountedPage(1, 0, "")}),
            "failed: it does not say how many pages there are");
  EXPECT_EQ(OutcomeOfPages({CountedPage(1, 1, R"(,"pages":"1")")}),
            "failed: it does not say how many pages there are");
  EXPECT_EQ(OutcomeOfPages({CountedPage(1, 2, kThree), CountedPage(3, 4, "")}),
            "partial: page 2 failed (it does not say how many pages there are)");
  EXPECT_EQ(OutcomeOfPages({CountedPage(1, 2, R"(,"pages":0)")}),
            "partial: page 1 holds 2, of a stated 0 pages");
  EXPECT_EQ(OutcomeOfPages({CountedPage(1, 2, kThree), CountedPage(1, 2, kThree)}),
            "partial: the board shifted or wrapped around: page 2 brought nothing new");
}

TEST(Pages, ThatBecomeFewerWhileTheyAreReadHaveShifted) {
  EXPECT_EQ(OutcomeOfPages({CountedPage(1, 2, kThree), CountedPage(3, 4, kThree),
                            CountedPage(5, 4, R"(,"pages":2)")}),
            "partial: page 3 holds 0, of a stated 2 pages");
}

TEST(Pages, BelongToPagingByPage) {
  EXPECT_EQ(ReadDefinition(DefinitionWithPages("offset"), "test.toml").error().message,
            "board definition test.toml: list.pages: are stated with paging by page, in JSON");
}

}  // namespace
}  // namespace rolecall
