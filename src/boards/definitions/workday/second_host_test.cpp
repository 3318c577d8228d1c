// Workday's second host, which many tenants share.
#include <gtest/gtest.h>

#include "tests/support/board_answers.h"
#include "tests/support/readings.h"
#include "tests/support/registry.h"

namespace rolecall {
namespace {

constexpr std::string_view kSharedToken = "wd5.myworkdaysite.com/recruiting/acme/careers";

BoardAddress SharedBoard() { return *FindBoard("workday", kSharedToken); }

std::string TokenPasted(std::string_view address) {
  const auto board = BoardInAddress(address);
  return board ? board->token : "";
}

TEST(WorkdaySecondHost, IsAskedThereAndKeepsItsPathInAddressesOfJobs) {
  CannedFetcher fetcher([](const FetchRequest& request) {
    return request.method == "POST" ? Ok(WorkdayPage(1, 7, 1)) : Response{.status = 404};
  });

  const auto reading = ReadBoard(SharedBoard(), {}, {}, fetcher, {});
  const auto answer = AskWitness(SharedBoard(), kWorkdayJob, fetcher, {});
  std::ignore = ReadContent(SharedBoard(), kWorkdayJob, fetcher, {});

  EXPECT_EQ(OutcomeOf(*reading), "complete");
  EXPECT_EQ(JobsOf(*reading).at(0).url,
            "https://wd5.myworkdaysite.com/recruiting/acme/careers/job/Berlin/Cook_R7");
  EXPECT_EQ(JobsOf(*reading).at(0).external_id, "R7");
  EXPECT_EQ(answer->witness, Witness::kGone);
  const auto asked = fetcher.asked();
  ASSERT_EQ(asked.size(), 3);
  EXPECT_EQ(asked[0].url, "https://wd5.myworkdaysite.com/wday/cxs/acme/careers/jobs");
  EXPECT_EQ(asked[1].url, "https://wd5.myworkdaysite.com/wday/cxs/acme/careers/job/Berlin/Cook_R7");
  EXPECT_EQ(asked[2].url, asked[1].url);
}

TEST(WorkdaySecondHost, ItsTokenCannotBeTakenForOneOfTheFirst) {
  EXPECT_EQ(FirstPartOfToken(SharedBoard()), "acme");
  EXPECT_TRUE(FindBoard("workday", "acme.wd5/careers"));
  for (const char* token :
       {"wd5.myworkdaysite.com/acme/careers", "wd5/recruiting/acme/careers",
        "acme.wd5/recruiting/acme/careers", "wd5.myworkdaysite.com/careers",
        "acme.wd5.myworkdaysite.com/recruiting/acme/careers",
        "wd5.evil.com/recruiting/acme/careers", "wd5.myworkdaysite.com/recruiting/acme"})
    EXPECT_FALSE(FindBoard("workday", token)) << token;
}

TEST(WorkdaySecondHost, IsFoundInWhatPeoplePaste) {
  for (const char* address :
       {"https://wd5.myworkdaysite.com/recruiting/acme/careers",
        "https://wd5.myworkdaysite.com/en-US/recruiting/acme/careers?q=cook",
        "https://wd5.myworkdaysite.com/de/recruiting/acme/careers/job/Berlin/Cook_R7",
        "https://wd5.myworkdaysite.com/wday/cxs/acme/careers/jobs"})
    EXPECT_EQ(TokenPasted(address), kSharedToken) << address;
}

TEST(Workday, ThePastedAddressOfItsCallNamesTheSiteAfterTheTenant) {
  EXPECT_EQ(TokenPasted("https://acme.wd5.myworkdayjobs.com/wday/cxs/acme/careers/jobs"),
            "acme.wd5/careers");
}

TEST(Workday, AThreeHundredAndThreeIsAskedAgainAndNeverFollowed) {
  CannedFetcher fetcher([](const FetchRequest&) { return Response{.status = 303}; });

  const auto reading = ReadBoard(Acme("workday"), {}, {}, fetcher, {});
  const auto answer = AskWitness(Acme("workday"), kWorkdayJob, fetcher, {});

  EXPECT_EQ(OutcomeOf(*reading), "failed: HTTP 303");
  EXPECT_EQ(answer->witness, Witness::kUnclear);
  for (const FetchRequest& request : fetcher.asked())
    EXPECT_EQ(request.passing, std::vector<int>{303});
}

TEST(Workday, OnePostingOfSeveralSitesKeepsTheNumberBehindItsId) {
  const auto id = [](const char* path) { return IdInPath(*Acme("workday").definition, path); };

  EXPECT_EQ(id("/job/Berlin/Cook_R-1042"), "R-1042");
  EXPECT_EQ(id("/job/Berlin/Cook_R-1042-1"), "R-1042-1");
  EXPECT_EQ(id("/job/Berlin/Cook_R-1042-2"), "R-1042-2");
}

}  // namespace
}  // namespace rolecall
