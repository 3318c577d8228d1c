// UKG's traps, one by one.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/support/readings.h"
#include "tests/support/registry.h"

namespace rolecall {
namespace {

constexpr std::string_view kUkgToken =
    "recruiting.ultipro.com/ACM1001ACME/f11a0b52-0000-4000-8000-b7f3b0a74112";

BoardAddress UkgBoard() { return *FindBoard("ukg", kUkgToken); }

// A page of `count` jobs from `first` on, of a board that states `total`.
std::string UkgPage(int total, int first, int count) {
  std::vector<std::string> jobs;
  for (int id = first; id < first + count; ++id)
    jobs.push_back(fmt::format(R"({{"Id":"{}","Title":"Cook"}})", id));
  return fmt::format(R"({{"opportunities":[{}],"totalCount":{}}})", fmt::join(jobs, ","), total);
}

// A board that states `total`, and holds so many on each page of 100.
BoardReading ReadUkg(int total, const std::vector<int>& pages) {
  std::size_t page = 0;
  return ReadWith(UkgBoard(), [&](const FetchRequest&) {
    const int first = static_cast<int>(page) * 100;
    const int count = page < pages.size() ? pages[page] : 0;
    ++page;
    return Ok(UkgPage(total, first, count));
  });
}

TEST(Ukg, IsAskedPageByPageToItsTotal) {
  CannedFetcher fetcher([page = 0](const FetchRequest&) mutable {
    const int first = 100 * page++;
    return Ok(UkgPage(203, first, std::min(100, 203 - first)));
  });

  const auto reading = ReadBoard(UkgBoard(), {}, {}, fetcher, {});

  EXPECT_EQ(OutcomeOf(*reading), "complete");
  EXPECT_EQ(JobsOf(*reading).size(), 203);
  ASSERT_EQ(fetcher.asked().size(), 3);
  EXPECT_EQ(fetcher.asked()[2].method, "POST");
  EXPECT_EQ(fetcher.asked()[2].url,
            "https://recruiting.ultipro.com/ACM1001ACME/JobBoard/"
            "f11a0b52-0000-4000-8000-b7f3b0a74112/JobBoardView/LoadSearchResults");
  EXPECT_EQ(fetcher.asked()[2].body,
            R"({"opportunitySearch":{"Top":100,"Skip":200,"QueryString":"","Filters":[]}})");
}

TEST(Ukg, AsksOnWhereAPageIsShortBeforeItsTime) {
  const auto reading = ReadUkg(250, {100, 99, 50});

  EXPECT_EQ(reading.requests, 3);
  EXPECT_EQ(JobsOf(reading).size(), 249);
  EXPECT_EQ(OutcomeOf(reading), "whole but for 1: 249 of a stated 250");
}

TEST(Ukg, AShortPageThatLacksMuchLeavesAListingThatIsNotComplete) {
  EXPECT_EQ(OutcomeOf(ReadUkg(250, {100, 60, 50})), "partial: incomplete: 210 of a stated 250");
  EXPECT_EQ(OutcomeOf(ReadUkg(250, {100})), "partial: incomplete: 100 of a stated 250");
}

TEST(Ukg, AnAnswerWithoutATotalIsNotCalledComplete) {
  EXPECT_EQ(OutcomeOf(ReadBody(UkgBoard(), R"({"opportunities":[]})")),
            "partial: the board stated no total to compare with");
  EXPECT_EQ(OutcomeOf(ReadUkg(0, {})), "complete");
}

TEST(Ukg, SomeStatusesPassByThemselves) {
  CannedFetcher fetcher([](const FetchRequest&) { return Response{.status = 202}; });

  const auto reading = ReadBoard(UkgBoard(), {}, {}, fetcher, {});
  const auto content = ReadContent(UkgBoard(), {"1", "", ""}, fetcher, {});

  EXPECT_EQ(OutcomeOf(*reading), "failed: HTTP 202");
  EXPECT_EQ(content.error().code, Errc::kUpstream);
  for (const FetchRequest& request : fetcher.asked())
    EXPECT_EQ(request.passing, (std::vector<int>{202, 401, 403}));
}

TEST(Ukg, OfSeveralPlacesThoseWithoutAnAddressHaveAName) {
  const auto reading = ReadBody(UkgBoard(), R"({"totalCount":1,"opportunities":[
    {"Id":"1","Title":"Cook","Locations":[
      {"LocalizedName":"Branch 7","Address":null},
      {"LocalizedName":"Branch 8","Address":{"City":"Duluth","State":{"Code":"MN"},"Country":null}},
      {"LocalizedName":null,"Address":null}]}]})");

  EXPECT_EQ(JobsOf(reading).at(0).location, "Duluth, MN; Branch 7");
}

TEST(Ukg, AClosedJobsPageIsNoEmptyDescription) {
  CannedFetcher fetcher([](const FetchRequest&) { return Ok("<html><div></div></html>"); });

  const auto content = ReadContent(UkgBoard(), {"1", "", ""}, fetcher, {});

  EXPECT_EQ(content.error().code, Errc::kUpstream);
  EXPECT_EQ(content.error().message,
            "a page without \"CandidateOpportunityDetail(\" in 24 bytes: <html><div></div></html>");
  EXPECT_FALSE(Traits(*UkgBoard().definition).has_second_witness);
}

TEST(Ukg, ThreeFamiliesOfHostsAreItsAndNoOthers) {
  const std::string rest = "/ACM1001ACME/f11a0b52-0000-4000-8000-b7f3b0a74112";
  for (const char* host : {"recruiting.ultipro.com", "recruiting2.ultipro.com",
                           "recruiting.ultipro.ca", "acme.rec.pro.ukg.net"})
    EXPECT_TRUE(FindBoard("ukg", host + rest)) << host;
  for (const char* host :
       {"www.ultipro.com", "recruiting.ultipro.com.evil.example", "recruiting.ultipro.de",
        "rec.pro.ukg.net", "a.b.rec.pro.ukg.net", "127.0.0.1", "recruiting-ultipro.com"})
    EXPECT_FALSE(FindBoard("ukg", host + rest)) << host;
  EXPECT_FALSE(FindBoard("ukg", "recruiting.ultipro.com/ACM1001ACME/careers"));
}

TEST(Ukg, IsFoundInWhatPeoplePaste) {
  const auto token = [](std::string_view address) {
    const auto board = BoardInAddress(address);
    return board ? Traits(*board->definition).kind + " " + board->token : "";
  };
  const std::string ours = "ukg " + std::string(kUkgToken);

  EXPECT_EQ(token("https://recruiting.ultipro.com/ACM1001ACME/JobBoard/"
                  "f11a0b52-0000-4000-8000-b7f3b0a74112/?q=&o=postedDateDesc"),
            ours);
  EXPECT_EQ(token("https://Recruiting.UltiPro.com/ACM1001ACME/jobboard/"
                  "f11a0b52-0000-4000-8000-b7f3b0a74112/OpportunityDetail?opportunityId=1"),
            ours);
  EXPECT_EQ(token("https://jobs.acme.example/ACM1001ACME/JobBoard/"
                  "f11a0b52-0000-4000-8000-b7f3b0a74112"),
            "");
  EXPECT_EQ(FirstPartOfToken(UkgBoard()), "ACM1001ACME");
}

}  // namespace
}  // namespace rolecall
