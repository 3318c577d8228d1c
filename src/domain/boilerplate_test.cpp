// When a change of words is the company's, and when the job's.
#include "domain/boilerplate.h"

#include <gmock/gmock.h>

namespace rolecall {
namespace {
using testing::ElementsAre;

std::vector<bool> Found(const std::vector<std::pair<std::string, std::string>>& texts,
                        std::size_t described) {
  std::vector<std::vector<ChangedLine>> differences;
  for (const auto& [before, now] : texts) differences.push_back(DifferenceOf(before, now));
  return FindBoilerplate(differences, described);
}

TEST(Boilerplate, IsWhatChangedInHalfOfTheDescriptions) {
  EXPECT_THAT(Found({{"Cook\nWe are 40.", "Cook\nWe are 50."},
                     {"Baker\nWe are 40.", "Baker\nWe are 50."},
                     {"We are 40.\nClerk", "We are 50.\nClerk"}},
                    6),
              ElementsAre(true, true, true));
}

TEST(Boilerplate, IsNotAllOfAJobThatChangedInItsOwnWordsToo) {
  EXPECT_THAT(Found({{"Cook\nWe are 40.", "Chef\nWe are 50."},
                     {"Baker\nWe are 40.", "Baker\nWe are 50."},
                     {"Clerk\nWe are 40.", "Clerk\nWe are 50."}},
                    3),
              ElementsAre(false, true, true));
}

TEST(Boilerplate, IsNoneWhereFewChanged) {
  EXPECT_THAT(Found({{"A\nWe are 40.", "A\nWe are 50."}, {"B\nWe are 40.", "B\nWe are 50."}}, 2),
              ElementsAre(false, false));
  EXPECT_THAT(Found({{"A\nWe are 40.", "A\nWe are 50."},
                     {"B\nWe are 40.", "B\nWe are 50."},
                     {"C\nWe are 40.", "C\nWe are 50."}},
                    7),
              ElementsAre(false, false, false));
}

TEST(Boilerplate, IsAChangeOfBlanksAlone) {
  EXPECT_THAT(Found({{"A\n\nB", "A\nB"}}, 9), ElementsAre(true));
}

}  // namespace
}  // namespace rolecall
