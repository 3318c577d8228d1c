// What is told of a changed filter before it takes jobs away.
#include "domain/filter_loss.h"

#include <gtest/gtest.h>

namespace rolecall {
namespace {

FilterLoss Loss(int active_before, std::size_t taken) {
  return {.active_before = active_before,
          .rules = std::vector<std::string>(taken, "no include term matches")};
}

bool TakesTooMuch(int active_before, std::size_t taken) {
  return WhyFilterTakesTooMuch("acme", Loss(active_before, taken)).has_value();
}

TEST(FilterLoss, IsToldWhereAllJobsGo) {
  EXPECT_TRUE(TakesTooMuch(1, 1));
  EXPECT_TRUE(TakesTooMuch(10, 10));
  EXPECT_TRUE(TakesTooMuch(200, 200));
  EXPECT_FALSE(TakesTooMuch(0, 0));
  EXPECT_FALSE(TakesTooMuch(10, 9));
}

TEST(FilterLoss, IsToldWhereOverHalfOfMoreThanTenGo) {
  EXPECT_TRUE(TakesTooMuch(11, 6));
  EXPECT_TRUE(TakesTooMuch(12, 7));
  EXPECT_FALSE(TakesTooMuch(10, 5));
  EXPECT_FALSE(TakesTooMuch(10, 6));
  EXPECT_FALSE(TakesTooMuch(11, 5));
  EXPECT_FALSE(TakesTooMuch(12, 6));
}

TEST(FilterLoss, IsToldWithTheRulesThatTakeMost) {
  FilterLoss loss = Loss(12, 4);
  loss.rules.insert(loss.rules.end(), 5, "exclude: intern");

  EXPECT_EQ(WhyFilterTakesTooMuch("acme", Loss(12, 12)),
            "the changed filter takes away all 12 jobs of acme: no include term matches");
  EXPECT_EQ(WhyFilterTakesTooMuch("acme", Loss(1, 1)),
            "the changed filter takes away the only job of acme: no include term matches");
  EXPECT_EQ(WhyFilterTakesTooMuch("acme", loss),
            "the changed filter takes away 9 of the 12 jobs of acme: 5 by \"exclude: intern\", 4 "
            "by \"no include term matches\"");
}

TEST(FilterLoss, CountsOfAPlanWhatTheFilterTakesAlone) {
  UserPlan plan;
  plan.counts.active_before = 4;
  plan.jobs = {{.fate = UserFate::kExpired,
                .job = 0,
                .rule = "exclude: cook",
                .reason = ExpiredReason::kFiltered},
               {.fate = UserFate::kExpired, .job = 1, .rule = {}},
               {.fate = UserFate::kExcluded, .job = 2, .rule = "exclude: cook"},
               {.fate = UserFate::kNotReconciled, .job = 3, .rule = "exclude: cook"}};

  const FilterLoss loss = FilterLossOf(plan);

  EXPECT_EQ(loss.active_before, 4);
  EXPECT_EQ(loss.rules, std::vector<std::string>{"exclude: cook"});
}

TEST(FilterLoss, CountsOfOpenJobsThoseThatAreExcluded) {
  const CompanyFilter filter =
      *CompanyFilter::Compile({.titles = {.include = {"cook"}, .exclude = {"intern"}},
                               .places = {.include = {"bern"}, .exclude = {}}});

  const FilterLoss loss = *FilterLossOf({{"Cook", "Bern", ""},
                                         {"Baker", "Bern", ""},
                                         {"Cook, Intern", "Bern", ""},
                                         {"Cook", "Rome", "on_site"}},
                                        filter);

  EXPECT_EQ(loss.active_before, 4);
  EXPECT_EQ(loss.rules, (std::vector<std::string>{"no include term matches", "exclude: intern",
                                                  "no include place matches"}));
}

}  // namespace
}  // namespace rolecall
