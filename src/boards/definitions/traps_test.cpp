// What single vendors do that would mislead a reading, one by one. Greenhouse and Workday, which
// have more of it, have files of their own.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "tests/support/readings.h"
#include "tests/support/registry.h"

namespace rolecall {
namespace {
namespace json = boost::json;

BoardAddress Board(std::string_view kind, std::string_view token = "acme") {
  return *FindBoard(kind, token);
}

// The number behind `name=` in the address that was asked.
int NumberIn(const FetchRequest& request, std::string_view name) {
  const auto at = request.url.find(fmt::format("{}=", name));
  return std::stoi(request.url.substr(at + name.size() + 1));
}

std::string FirstAsked(const BoardAddress& board) {
  CannedFetcher fetcher([](const FetchRequest&) { return Response{.status = 404}; });
  std::ignore = ReadBoard(board, {}, {}, fetcher, {});
  return fetcher.asked().front().url;
}

TEST(Ashby, NamesMayHoldBlanks) {
  EXPECT_EQ(FirstAsked(Board("ashby", "Acme Labs")),
            "https://api.ashbyhq.com/posting-api/job-board/Acme%20Labs?includeCompensation=true");
  const auto pasted = BoardInAddress("https://jobs.ashbyhq.com/Acme%20Labs/6c65bbb9");
  ASSERT_TRUE(pasted);
  EXPECT_EQ(pasted->token, "Acme Labs");
}

TEST(Lever, EuropesBoardsAreOthersOfTheSameName) {
  EXPECT_EQ(FirstAsked(Board("lever")),
            "https://api.lever.co/v0/postings/acme?mode=json&skip=0&limit=100");
  EXPECT_EQ(FirstAsked(Board("lever", "eu/acme")),
            "https://api.eu.lever.co/v0/postings/acme?mode=json&skip=0&limit=100");
  EXPECT_EQ(BoardInAddress("https://jobs.eu.lever.co/acme/1f2e")->token, "eu/acme");
  EXPECT_EQ(BoardInAddress("https://jobs.lever.co/acme/1f2e")->token, "acme");
}

TEST(Lever, APageIsNeverAskedFor) {
  CannedFetcher fetcher([](const FetchRequest&) { return Ok("[]"); });
  std::ignore = ReadBoard(Board("lever"), {}, {}, fetcher, {});

  EXPECT_EQ(fetcher.asked().front().headers.front(),
            std::pair(std::string("Accept"), std::string("application/json")));
}

TEST(SmartRecruiters, ZeroJobsProveNoSuchBoard) {
  EXPECT_TRUE(Traits(*Board("smartrecruiters").definition).zero_proves_nothing);
}

TEST(SmartRecruiters, JobsOfAnotherCompanyAreNone) {
  const auto reading =
      ReadBody(Board("smartrecruiters", "a"), R"({"offset":0,"totalFound":1,"content":[
    {"id":"1","name":"Cook","company":{"identifier":"Ajax"},"location":{"fullLocation":"Köln"}}]})");

  EXPECT_EQ(OutcomeOf(reading),
            "failed: smartrecruiters a: not one job among 1 entries (an entry of "
            "another company, Ajax, (1))");
}

TEST(Teamtailor, AFourHundredPasses) {
  CannedFetcher fetcher([](const FetchRequest&) { return Ok(R"({"items":[]})"); });
  std::ignore = ReadBoard(Board("teamtailor"), {}, {}, fetcher, {});

  EXPECT_EQ(fetcher.asked().front().passing, std::vector<int>{400});
}

TEST(BambooHr, ACompanyThatLeftLeadsToTheVendor) {
  const auto reading = ReadWith(Board("bamboohr"), [](const FetchRequest&) {
    Response home = Ok("<html>BambooHR</html>");
    home.final_url = "https://www.bamboohr.com/";
    return home;
  });

  EXPECT_EQ(OutcomeOf(reading), "failed: redirected to www.bamboohr.com");
}

TEST(Pinpoint, AnEmptyAnswerIsAskedForTwice) {
  int asked = 0;
  const auto reading = ReadWith(Board("pinpoint"), [&](const FetchRequest&) {
    return Ok(++asked == 1 ? R"({"data":[]})"
                           : R"({"data":[{"id":"1","title":"Cook","path":"/en/postings/1"}]})");
  });

  EXPECT_EQ(JobsOf(reading).size(), 1);
}

// Ten positions from `first` on, of a board that states `count`.
std::string Positions(int first, int count) {
  json::array positions;
  for (int id = first; id < first + 10; ++id)
    positions.push_back({{"id", id},
                         {"name", fmt::format("Cook {}", id)},
                         {"canonicalPositionUrl", fmt::format("https://acme.example/{}", id)}});
  return json::serialize(json::object{{"count", count}, {"positions", std::move(positions)}});
}

TEST(Eightfold, ReplicasThatOrderOtherwiseLeaveAListingThatIsNotWhole) {
  // The second page begins with the last of the first, and one is on none.
  const auto reading =
      ReadWith(Board("eightfold", "acme.eightfold.ai/acme.com"), [](const FetchRequest& request) {
        const int start = NumberIn(request, "start");
        return Ok(Positions(start == 10 ? 9 : start, 40));
      });

  EXPECT_EQ(OutcomeOf(reading), "whole but for 1: page 2, entry 1: 9 again, as on page 1");
  EXPECT_EQ(JobsOf(reading).size(), 39);
}

// A board of `hits` jobs that refuses an offset of 10,000.
BoardReading ReadAmazonOf(int hits) {
  return ReadWith(Board("amazon", "amazon"), [=](const FetchRequest& request) {
    const int offset = NumberIn(request, "offset");
    if (offset >= 10'000) return Response{.status = 400, .body = R"({"error":"offset"})"};
    json::array jobs;
    for (int id = offset; id < std::min(offset + 100, hits); ++id)
      jobs.push_back({{"id_icims", std::to_string(id)},
                      {"title", "Cook"},
                      {"job_path", fmt::format("/en/jobs/{}", id)}});
    return Ok(json::serialize(json::object{{"hits", hits}, {"jobs", std::move(jobs)}}));
  });
}

TEST(Amazon, OverTenThousandIsNotComplete) {
  EXPECT_EQ(OutcomeOf(ReadAmazonOf(250)), "complete");
  const auto reading = ReadAmazonOf(10'020);
  EXPECT_EQ(CompletenessOf(reading.listing), Completeness::kPartial) << OutcomeOf(reading);
  EXPECT_EQ(JobsOf(reading).size(), 10'000);
  EXPECT_EQ(CompletenessOf(ReadAmazonOf(10'000).listing), Completeness::kPartial);
}

// A board of Oracle's that states `total`, and holds so many on each page of 200.
BoardReading ReadOracle(int total, std::vector<int> pages) {
  return ReadWith(
      Board("oracle", "acme.fa.us2.oraclecloud.com/CX_1"), [=](const FetchRequest& request) {
        const auto page = static_cast<std::size_t>(NumberIn(request, "offset") / 200);
        json::array jobs;
        for (int i = 0; i < (page < pages.size() ? pages[page] : 0); ++i)
          jobs.push_back({{"Id", fmt::format("{}", page * 200 + i)}, {"Title", "Cook"}});
        return Ok(json::serialize(json::object{
            {"items",
             json::array{json::object{{"TotalJobsCount", total}, {"requisitionList", jobs}}}}}));
      });
}

TEST(Oracle, AShortPageInTheMiddleIsNotTheLast) {
  const auto reading = ReadOracle(454, {200, 199, 54});

  EXPECT_EQ(OutcomeOf(reading), "complete");
  EXPECT_EQ(JobsOf(reading).size(), 453);
  EXPECT_EQ(reading.requests, 3);
  EXPECT_EQ(JobsOf(ReadOracle(601, {200, 0, 200, 1})).size(), 401);
  EXPECT_EQ(OutcomeOf(ReadOracle(454, {200, 10, 54})), "partial: incomplete: 264 of a stated 454");
}

TEST(Oracle, ATotalAboveWhatCanBeHadIsNoDoubt) {
  EXPECT_EQ(OutcomeOf(ReadOracle(220, {196})), "complete");
}

TEST(Oracle, AShortPageWithoutATotalEndsAListingThatIsNotComplete) {
  const auto reading = ReadBody(Board("oracle", "acme.fa.us2.oraclecloud.com/CX_1"),
                                R"({"items":[{"requisitionList":[{"Id":"1","Title":"Cook"}]}]})");

  EXPECT_EQ(OutcomeOf(reading), "partial: the board stated no total to compare with");
  EXPECT_EQ(reading.requests, 1);
}

TEST(Oracle, AWindowOfTenThousandIsNotComplete) {
  EXPECT_EQ(CompletenessOf(ReadOracle(10'000, std::vector<int>(50, 200)).listing),
            Completeness::kPartial);
  EXPECT_EQ(CompletenessOf(ReadOracle(10'300, std::vector<int>(50, 200)).listing),
            Completeness::kPartial);
}

TEST(TikTok, AnErrorComesWithTwoHundred) {
  EXPECT_EQ(OutcomeOf(ReadBody(Board("tiktok", "tiktok"), R"({"code":10101,"data":null})")),
            "failed: tiktok tiktok: /code is 10101, not 0, in 26 bytes: "
            R"({"code":10101,"data":null})");
  CannedFetcher fetcher([](const FetchRequest&) { return Ok("{}"); });
  std::ignore = ReadBoard(Board("tiktok", "tiktok"), {}, {}, fetcher, {});
  EXPECT_EQ(fetcher.asked().front().headers.back(),
            (std::pair<std::string, std::string>("website-path", "tiktok")));
}

// A page of Google's with the jobs from `first` to `last`.
std::string GooglePage(int first, int last, int total) {
  json::array jobs;
  for (int id = first; id <= last; ++id) jobs.push_back(json::array{std::to_string(id), "Cook"});
  return fmt::format(
      "<script>AF_initDataCallback({{key: 'ds:1', hash: '2', data:{}, x: {{}}}});</script>",
      json::serialize(json::array{std::move(jobs), nullptr, total, 20}));
}

TEST(Google, ATotalThatDriftsIsTakenAsItEnds) {
  const auto ended_with = [](int total) {
    return OutcomeOf(ReadWith(Board("google", "google"), [=](const FetchRequest& request) {
      const int page = NumberIn(request, "page");
      return Ok(GooglePage(20 * page - 19, page == 3 ? 51 : 20 * page, page == 3 ? total : 53));
    }));
  };

  EXPECT_EQ(ended_with(51), "complete");
  EXPECT_EQ(ended_with(50), "whole but for 1: 51 came, of a stated 50");
}

TEST(Google, APageWithoutItsDataIsNoEmptyListing) {
  EXPECT_TRUE(OutcomeOf(ReadBody(Board("google", "google"), "<html>Sorry, unusual traffic</html>"))
                  .starts_with("failed: google google: a page without \"AF_initDataCallback"));
}

}  // namespace
}  // namespace rolecall
