// JOIN's traps, one by one.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/support/readings.h"
#include "tests/support/registry.h"

namespace rolecall {
namespace {

BoardAddress JoinBoard() { return *FindBoard("join", "acme"); }

constexpr std::string_view kJoinPage =
    R"(<script id="__NEXT_DATA__" type="application/json">{"props":{"pageProps":{"initialState":)"
    R"({"company":{"id":33158,"domain":"acme"}}}}}</script>)";

int PageAsked(const FetchRequest& request) {
  return std::stoi(request.url.substr(request.url.find("page=") + 5));
}

// A page of the jobs from `first` on, of a board that states so many pages.
std::string JoinJobs(int first, int count, int pages) {
  std::vector<std::string> items;
  for (int id = first; id < first + count; ++id)
    items.push_back(fmt::format(R"({{"id":{0},"idParam":"{0}-cook","title":"Cook"}})", id));
  return fmt::format(R"({{"items":[{}],"pagination":{{"pageCount":{}}}}})", fmt::join(items, ","),
                     pages);
}

// A board of `real` jobs that shows at most `most` on a page.
CannedFetcher::Answer JoinWith(int real, int most = 5) {
  return [=](const FetchRequest& request) {
    if (!request.url.contains("/api/")) return Ok(std::string(kJoinPage));
    const int first = 5 * (PageAsked(request) - 1);
    return Ok(JoinJobs(first, std::clamp(real - first, 0, most), (real + 4) / 5));
  };
}

TEST(Join, ItsNumberIsFoundOnItsPageAndItsJobsOnPagesOfFive) {
  CannedFetcher fetcher(JoinWith(12));

  const auto reading = ReadBoard(JoinBoard(), {}, {}, fetcher, {});

  EXPECT_EQ(OutcomeOf(*reading), "complete");
  EXPECT_EQ(JobsOf(*reading).size(), 12);
  ASSERT_EQ(fetcher.asked().size(), 4);
  EXPECT_EQ(fetcher.asked()[0].url, "https://join.com/companies/acme");
  EXPECT_EQ(fetcher.asked()[3].url,
            "https://join.com/api/public/companies/33158/jobs?page=3&pageSize=5");
}

TEST(Join, AllPagesAreReadToTheirStatedNumber) {
  EXPECT_EQ(OutcomeOf(ReadWith(JoinBoard(), JoinWith(0))), "complete");
  EXPECT_EQ(OutcomeOf(ReadWith(JoinBoard(), JoinWith(10))), "complete");
  EXPECT_EQ(OutcomeOf(ReadWith(JoinBoard(), JoinWith(12, 4))),
            "partial: page 1 of 3 holds 4, not 5");
}

TEST(Join, APageWithoutANumberIsNoEmptyListing) {
  EXPECT_TRUE(OutcomeOf(ReadBody(JoinBoard(), "<html>Sorry</html>"))
                  .starts_with("failed: join acme: a page without \"id=\"__NEXT_DATA__\"\""));
  EXPECT_EQ(
      OutcomeOf(ReadWith(JoinBoard(), [](const FetchRequest&) { return Response{.status = 404}; })),
      "failed: HTTP 404: there is no such board. Is \"acme\" the right token?");
}

TEST(Join, ARefusedPageSizeIsAFailureThatShowsTheAnswer) {
  const auto reading = ReadWith(JoinBoard(), [](const FetchRequest& request) {
    if (!request.url.contains("/api/")) return Ok(std::string(kJoinPage));
    return Response{.status = 422, .body = R"([{"param":"pageSize","msg":"Invalid value"}])"};
  });

  EXPECT_EQ(OutcomeOf(reading),
            R"(failed: HTTP 422: [{"param":"pageSize","msg":"Invalid value"}])");
}

TEST(Join, DescriptionsAreMarkdownAndWhatIsRawInThemIsText) {
  CannedFetcher fetcher([](const FetchRequest&) {
    return Ok(R"({"description":"# Cook\n\n- **Soup**\n\n<script>x()</script><i>Stew</i>"})");
  });

  const auto content = ReadContent(JoinBoard(), {"7", "7-cook", ""}, fetcher, {});

  ASSERT_TRUE(content) << content.error().message;
  EXPECT_EQ(content->description, "Cook\n\n- Soup\n\nStew");
  EXPECT_EQ(fetcher.asked().at(0).url, "https://join.com/api/public/jobs/7");
}

TEST(Join, IsFoundInWhatPeoplePaste) {
  for (const char* address : {"https://join.com/companies/acme", "join.com/companies/acme?x=1",
                              "https://www.join.com/companies/acme/16425272-line-cook"}) {
    const auto board = BoardInAddress(address);
    ASSERT_TRUE(board) << address;
    EXPECT_EQ(Traits(*board->definition).kind + " " + board->token, "join acme");
  }
  EXPECT_FALSE(BoardInAddress("https://join.com/pricing"));
}

}  // namespace
}  // namespace rolecall
