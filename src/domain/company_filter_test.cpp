// What a company's own filters and those for all companies let through together.
#include "domain/company_filter.h"

#include <gtest/gtest.h>

namespace rolecall {
namespace {

const FilterTerms kOwn{.titles = {.include = {"cook"}, .exclude = {"night"}},
                       .places = {.include = {"bern"}, .exclude = {}}};
const FilterTerms kForAll{.titles = {.include = {}, .exclude = {"intern"}},
                          .places = {.include = {}, .exclude = {"rome"}}};

TEST(CompanyFilter, NamesTheRuleThatExcludes) {
  const auto filter = *CompanyFilter::Compile(kOwn, kForAll);
  const auto why = [&](std::string_view title, std::string_view places) {
    return *filter.WhyExcluded({title, {.places = places, .workplace = ""}});
  };

  EXPECT_EQ(why("Cook", "Bern"), std::nullopt);
  EXPECT_EQ(why("Baker", "Bern"), "no include term matches");
  EXPECT_EQ(why("Night Cook", "Bern"), "exclude: night");
  EXPECT_EQ(why("Cook", "Rome"), "no include place matches");
}

TEST(CompanyFilter, SaysOfARuleForAllCompaniesThatItIsOne) {
  const auto filter = *CompanyFilter::Compile({}, kForAll);
  const auto why = [&](std::string_view title, std::string_view places) {
    return *filter.WhyExcluded({title, {.places = places, .workplace = ""}});
  };

  EXPECT_EQ(why("Cook", "Bern"), std::nullopt);
  EXPECT_EQ(why("Intern", "Bern"), "exclude: intern (all companies)");
  EXPECT_EQ(why("Cook", "Rome"), "exclude place: rome (all companies)");
}

TEST(CompanyFilter, TellsWhereATitleFitsTheRuleOfEither) {
  const auto filter = *CompanyFilter::Compile(kOwn, kForAll);
  const auto where = [&](std::string_view title, std::string_view places) {
    return *filter.WhereExcluded({title, {.places = places, .workplace = ""}});
  };

  EXPECT_EQ(where("Night Cook", "Bern"), (TitlePlace{0, 5}));
  EXPECT_EQ(where("Cook, Intern", "Bern"), (TitlePlace{6, 6}));
  EXPECT_EQ(where("Cook, Intern", "Rome"), std::nullopt);  // its place is asked for first
  EXPECT_EQ(where("Cook", "Bern"), std::nullopt);
}

TEST(CompanyFilter, TakesSoManyTermsOfEachKind) {
  const std::vector<std::string> many(kMostTerms + 1, "cook");

  EXPECT_FALSE(CheckTerms(FilterTerms{.titles = {.include = many, .exclude = {}}, .places = {}}));
  EXPECT_FALSE(CheckTerms(FilterTerms{.titles = {}, .places = {.include = {}, .exclude = many}}));
  EXPECT_TRUE(CheckTerms(kOwn));
}

}  // namespace
}  // namespace rolecall
