// Traps of Jibe's careers sites.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include "tests/support/readings.h"
#include "tests/support/registry.h"

namespace rolecall {
namespace {

std::string JibePage(int first, int last, int total) {
  std::string jobs;
  for (int i = first; i <= last; ++i)
    jobs += fmt::format(R"({}{{"data":{{"slug":"{}","title":"Cook {}","description":"Soup"}}}})",
                        i == first ? "" : ",", i, i);
  return fmt::format(R"({{"jobs":[{}],"totalCount":{}}})", jobs, total);
}

BoardAddress JibeBoard() { return *FindBoard("jibe", "careers.acme.example"); }

TEST(Jibe, IsReadToItsTotalWhereASiteGivesTenAPage) {
  std::vector<std::string> asked;

  const auto reading = ReadWith(JibeBoard(), [&](const FetchRequest& request) {
    asked.push_back(request.url);
    const int page = static_cast<int>(asked.size());
    return Ok(JibePage(10 * page - 9, std::min(10 * page, 25), 25));
  });

  EXPECT_EQ(OutcomeOf(reading), "complete");
  EXPECT_EQ(JobsOf(reading).size(), 25);
  EXPECT_THAT(asked, testing::SizeIs(3));
  EXPECT_THAT(asked[2], testing::HasSubstr("page=3&limit=100"));
}

TEST(Jibe, IsNotCompleteWhereAPageIsEmptyBeforeItsTotal) {
  int asked = 0;

  const auto reading = ReadWith(JibeBoard(), [&](const FetchRequest&) {
    return Ok(++asked == 1 ? JibePage(1, 10, 25) : JibePage(1, 0, 25));
  });

  EXPECT_EQ(asked, 2);
  EXPECT_THAT(OutcomeOf(reading), testing::HasSubstr("10 of a stated 25"));
}

TEST(Jibe, IsNotCompleteWhereItsTotalFallsMeanwhile) {
  int asked = 0;

  // The first job left, and the eleventh moved up to the first page behind our back.
  const auto slid = ReadWith(JibeBoard(), [&](const FetchRequest&) {
    ++asked;
    return Ok(asked == 1   ? JibePage(1, 10, 100)
              : asked == 2 ? JibePage(12, 100, 99)
                           : JibePage(1, 0, 99));
  });
  asked = 0;
  const auto emptied = ReadWith(JibeBoard(), [&](const FetchRequest&) {
    return Ok(++asked == 1 ? JibePage(1, 10, 25) : JibePage(1, 0, 0));
  });

  EXPECT_THAT(OutcomeOf(slid), testing::StartsWith("whole but for 1"));
  EXPECT_THAT(OutcomeOf(emptied), testing::HasSubstr("10 of a stated 25"));
}

TEST(Jibe, IsNotCompleteWithoutATotal) {
  const auto reading = ReadBody(JibeBoard(), R"({"jobs":[{"data":{"slug":"1","title":"Cook"}}]})");

  EXPECT_THAT(OutcomeOf(reading), testing::StartsWith("partial: the board stated no total"));
}

TEST(Jibe, AnAnswerWithoutJobsIsNoListing) {
  const auto reading = ReadBody(JibeBoard(), R"({"error":"limit must be at most 100"})");

  EXPECT_THAT(OutcomeOf(reading), testing::StartsWith("failed: "));
}

}  // namespace
}  // namespace rolecall
