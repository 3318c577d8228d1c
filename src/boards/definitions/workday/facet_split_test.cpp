// Boards of more jobs than Workday shows, read in parts.
#include "boards/facet_split.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/support/board_answers.h"
#include "tests/support/readings.h"

namespace rolecall {
namespace {

std::string FacetOf(std::string_view parameter, const std::vector<int>& counts) {
  std::vector<std::string> values;
  for (const int count : counts)
    values.push_back(fmt::format(R"({{"id":"{}{}","count":{}}})", parameter, values.size(), count));
  return fmt::format(R"({{"facetParameter":"{}","values":[{}]}})", parameter,
                     fmt::join(values, ","));
}

int SplitOffset(const FetchRequest& request) {
  return std::stoi(request.body.substr(request.body.find("\"offset\":") + 9));
}

// A board of 1,500 jobs of family0 and 700 of family1, of which `shared` are the last of the first.
struct LargeBoard {
  int stated = 2'000;
  int shared = 0;
  int attested = 2'200;   // by another facet
  int failing_from = -1;  // an offset of family1
};
BoardReading ReadLarge(const LargeBoard& board) {
  const std::string facets =
      fmt::format(R"("facets":[{},{},{},{}],)", FacetOf("family", {1'500, 700}),
                  FacetOf("timeType", {board.attested - 5, 5}),
                  FacetOf("locations", {1'999, 1'999}), FacetOf("region", {40, 0}));
  return ReadWith(Acme("workday"), [=](const FetchRequest& request) -> Result<Response> {
    const int offset = SplitOffset(request);
    const bool first = request.body.contains(R"("family":["family0"])");
    const bool second = request.body.contains(R"("family":["family1"])");
    if (second && offset == board.failing_from) return Response{.status = 502};
    const int total = first ? 1'500 : second ? 700 : board.stated;
    const int begin = second ? 1'500 - board.shared : 0;
    std::string page = WorkdayPage(offset == 0 ? total : 0, begin + offset,
                                   std::clamp(std::min(total, 2'000) - offset, 0, 20));
    return Ok(page.insert(1, facets));
  });
}

TEST(WorkdaySplit, PartsThatAddUpToWhatAnotherFacetCountsAreComplete) {
  const auto reading = ReadLarge({});

  EXPECT_EQ(OutcomeOf(reading), "complete");
  EXPECT_EQ(JobsOf(reading).size(), 2'200);
  EXPECT_EQ(reading.stated_total, 2'200);
  EXPECT_EQ(reading.requests, 1 + 75 + 35);
}

TEST(WorkdaySplit, AJobMayStandInTwoParts) {
  EXPECT_EQ(OutcomeOf(ReadLarge({.shared = 100, .attested = 2'100})), "complete");
}

TEST(WorkdaySplit, PartsThatDoNotAddUpAreNotComplete) {
  EXPECT_EQ(OutcomeOf(ReadLarge({.attested = 2'201})),
            "partial: the parts of family hold 2200 jobs, and the board counts 2201");
  EXPECT_EQ(OutcomeOf(ReadLarge({.shared = 1})),
            "partial: the parts of family hold 2199 jobs, and the board counts 2200");
}

TEST(WorkdaySplit, APartThatIsNotCompleteLeavesAListingThatIsNot) {
  const auto reading = ReadLarge({.failing_from = 40});

  EXPECT_EQ(OutcomeOf(reading),
            "partial: the part family1 of family is not complete: page 3 of 35 failed (HTTP 502)");
  EXPECT_EQ(JobsOf(reading).size(), 1'540);
}

TEST(WorkdaySplit, ABoardThatStatesMoreThanItShowsIsReadInPartsToo) {
  EXPECT_EQ(OutcomeOf(ReadLarge({.stated = 2'105})), "complete");
}

TEST(WorkdaySplit, WithoutAFacetThatHelpsItIsAsEver) {
  const auto split = [](const std::string& facets) {
    return SplitByFacet(fmt::format(R"({{"facets":[{}]}})", facets), 2'000, 20).has_value();
  };
  const std::string time = "," + FacetOf("timeType", {2'200});

  EXPECT_TRUE(split(FacetOf("family", {1'500, 700}) + time));
  EXPECT_FALSE(split(FacetOf("family", {2'000, 200}) + time));
  EXPECT_FALSE(split(FacetOf("family", {1'500, 500}) + time));
  EXPECT_FALSE(split(FacetOf("family", {1'500, 700})));
  EXPECT_FALSE(split(FacetOf("family", {1'500, 700}) + "," + FacetOf("locations", {2'200})));
  EXPECT_FALSE(split(FacetOf("family", {1'500, -700}) + time));
  EXPECT_FALSE(SplitByFacet("{}", 2'000, 20));
  EXPECT_FALSE(SplitByFacet("[", 2'000, 20));
}

TEST(WorkdaySplit, TakesTheFacetOfTheFewestPagesWhereverItStands) {
  const auto split = SplitByFacet(
      fmt::format(R"({{"facets":[{},{{"facetParameter":"locationMainGroup","values":[{}]}},{}]}})",
                  FacetOf("family", std::vector<int>(1'100, 2)),
                  FacetOf("locations", {1'200, 1'100}), FacetOf("timeType", {2'200})),
      2'000, 20);

  ASSERT_TRUE(split);
  EXPECT_EQ(split->parameter, "locations");
  EXPECT_EQ(split->attested, 2'200);
  EXPECT_EQ(AppliedFacet(*split, {.id = "a\"\\", .count = 1}), R"({"locations":["a\"\\"]})");
}

}  // namespace
}  // namespace rolecall
