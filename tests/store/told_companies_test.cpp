// Which companies have their jobs told, where there are too many.
#include "store/runs/told_companies.h"

#include <gmock/gmock.h>

namespace rolecall {
namespace {

using testing::ElementsAre;

constexpr int kAll = static_cast<int>(kMostJobsTold);

CompanyOfRun With(std::string name, const CompanyCounts& counts) {
  CompanyOfRun company;
  company.company = std::move(name);
  company.counts = counts;
  return company;
}

TEST(ToldCompanies, AreAllWhereTheyFit) {
  EXPECT_THAT(ChooseToldCompanies(
                  {With("a", {.included = kAll - 1}), With("b", {.expired = 1}), With("c", {})}),
              ElementsAre("a", "b", "c"));
}

TEST(ToldCompanies, AreThoseWithNewsFirst) {
  EXPECT_THAT(ChooseToldCompanies({With("a", {.included = kAll - 1}),
                                   With("b", {.included = 1, .new_jobs = 1}),
                                   With("c", {.included = 1, .new_jobs = 1})}),
              ElementsAre("b", "c"));
}

TEST(ToldCompanies, AreWholeSoThatASmallerOneMayFollow) {
  EXPECT_THAT(ChooseToldCompanies({With("a", {.included = kAll + 1}), With("b", {.included = kAll}),
                                   With("c", {.included = 1})}),
              ElementsAre("b"));
}

TEST(ToldCompanies, CountWhatLeavesWithABoardOfBefore) {
  EXPECT_THAT(
      ChooseToldCompanies({With("a", {.included = kAll - 1}), With("a (board 7)", {.expired = 2}),
                           With("b", {.included = 1})}),
      ElementsAre("b"));
}

TEST(ToldCompanies, StayThoseThatWereToldUntilThereIsNews) {
  const auto big = With("a", {.included = kAll}), told = With("b", {.included = 1});
  EXPECT_THAT(ChooseToldCompanies({big, told}, {"b"}), ElementsAre("b"));

  const auto news = With("c", {.included = kAll, .new_jobs = 1});
  EXPECT_THAT(ChooseToldCompanies({big, told, news}, {"b"}), ElementsAre("c"));
}

}  // namespace
}  // namespace rolecall
