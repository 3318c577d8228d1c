// Which places concern a user, what counts as remote, and what is no evidence against a job.
#include "domain/place_filter.h"

#include <gtest/gtest.h>

namespace rolecall {
namespace {

std::optional<std::string> WhyExcluded(const PlaceTerms& terms, std::string_view places,
                                       std::string_view workplace = "") {
  const auto filter = PlaceFilter::Compile(terms);
  EXPECT_TRUE(filter) << filter.error().message;
  return *filter->WhyExcluded({.places = places, .workplace = workplace}, {});
}

const PlaceTerms kZurich{.include = {"zurich"}, .exclude = {}};
const PlaceTerms kZurichOrRemote{.include = {"zurich"}, .exclude = {}, .remote = true};
const PlaceTerms kRemoteAlone{.include = {}, .exclude = {}, .remote = true};
const PlaceTerms kNotBerlin{.include = {}, .exclude = {"berlin"}};

TEST(PlaceFilter, LetsEveryPlaceThroughWithoutTerms) {
  EXPECT_EQ(WhyExcluded({}, "Bern"), std::nullopt);
  EXPECT_EQ(WhyExcluded({}, ""), std::nullopt);
}

TEST(PlaceFilter, WantsAnyOfItsPlaces) {
  EXPECT_EQ(WhyExcluded(kZurich, "Zürich, Switzerland"), std::nullopt);
  EXPECT_EQ(WhyExcluded(kZurich, "Bern"), "no include place matches");
  EXPECT_EQ(WhyExcluded(kZurich, "Zurichberg"), "no include place matches");
}

TEST(PlaceFilter, AJobOfSeveralPlacesIsInScopeWhereOneOfThemIs) {
  EXPECT_EQ(WhyExcluded(kZurich, "Bern; Zurich"), std::nullopt);
  EXPECT_EQ(WhyExcluded(kNotBerlin, "Berlin; Zurich"), std::nullopt);
  EXPECT_EQ(WhyExcluded(kNotBerlin, "Berlin, Germany"), "exclude place: berlin");
  for (const char* places : {"Berlin / Zurich", "Berlin | Zurich", "Berlin or Zurich"})
    EXPECT_EQ(WhyExcluded(kNotBerlin, places), std::nullopt) << places;
}

TEST(PlaceFilter, OnePlaceHasToFitBothLists) {
  const PlaceTerms terms{.include = {"germany", "zurich"}, .exclude = {"berlin"}};

  EXPECT_EQ(WhyExcluded(terms, "Berlin, Germany; Paris"), "exclude place: berlin");
  EXPECT_EQ(WhyExcluded(terms, "Berlin, Germany; Hamburg, Germany"), std::nullopt);
  EXPECT_EQ(WhyExcluded(terms, "Paris"), "no include place matches");
}

TEST(PlaceFilter, RemoteIsOneMoreOfThePlaces) {
  EXPECT_EQ(WhyExcluded(kZurichOrRemote, "Zurich", "on_site"), std::nullopt);
  EXPECT_EQ(WhyExcluded(kZurichOrRemote, "New York", "remote"), std::nullopt);
  EXPECT_EQ(WhyExcluded(kZurichOrRemote, "Remote - US"), std::nullopt);
  EXPECT_EQ(WhyExcluded(kZurichOrRemote, "New York", "hybrid"), "no include place matches");
}

TEST(PlaceFilter, RemoteAloneWantsNothingElse) {
  EXPECT_EQ(WhyExcluded(kRemoteAlone, "New York; Remote (US)"), std::nullopt);
  EXPECT_EQ(WhyExcluded(kRemoteAlone, "New York", "remote"), std::nullopt);
  EXPECT_EQ(WhyExcluded(kRemoteAlone, "New York"), "not remote");
  EXPECT_EQ(WhyExcluded(kRemoteAlone, "", "on_site"), "not remote");
}

TEST(PlaceFilter, ATermThatSaysRemoteIsTheSame) {
  EXPECT_EQ(WhyExcluded({.include = {"Remote"}, .exclude = {}}, "New York", "remote"),
            std::nullopt);
  EXPECT_EQ(WhyExcluded({.include = {}, .exclude = {"Remote"}}, "New York", "remote"),
            "exclude place: remote");
}

TEST(PlaceFilter, TakesNoJobAwayOfWhichNoPlaceIsStated) {
  for (const char* places :
       {"", " ", "3 Locations", "5+ locations", "Locations: 3", "Multiple locations", "Multiple",
        "Various Locations", "N/A", "TBD", "Global", "Worldwide", "-"}) {
    EXPECT_EQ(WhyExcluded(kZurich, places), std::nullopt) << places;
    EXPECT_EQ(WhyExcluded(kRemoteAlone, places), std::nullopt) << places;
    EXPECT_EQ(WhyExcluded(kNotBerlin, places), std::nullopt) << places;
  }
}

TEST(PlaceFilter, TakesNoJobAwayOfWhichAPlaceIsNotNamed) {
  for (const char* places : {"Berlin +2 more", "Berlin; 2 more", "Berlin; Multiple locations"}) {
    EXPECT_EQ(WhyExcluded(kZurich, places), std::nullopt) << places;
    EXPECT_EQ(WhyExcluded(kNotBerlin, places), std::nullopt) << places;
  }
}

TEST(PlaceFilter, TellsOregonFromOr) {
  EXPECT_EQ(WhyExcluded({.include = {"/^portland, or$/"}, .exclude = {}}, "Portland, OR"),
            std::nullopt);
  EXPECT_EQ(WhyExcluded({.include = {"/^oslo$/"}, .exclude = {}}, "Portland or Oslo"),
            std::nullopt);
}

TEST(PlaceFilter, ExcludesAsRemoteWhatItIncludesAsRemote) {
  const PlaceTerms not_remote{.include = {}, .exclude = {"remote"}};

  for (const char* place : {"Home Office", "Remote - US", "Work from anywhere"}) {
    EXPECT_EQ(WhyExcluded(not_remote, place), "exclude place: remote") << place;
    EXPECT_EQ(WhyExcluded(kRemoteAlone, place), std::nullopt) << place;
  }
  for (const char* place : {"Hybrid remote, Bern", "Bern (no remote)"}) {
    EXPECT_EQ(WhyExcluded(not_remote, place), std::nullopt) << place;
    EXPECT_EQ(WhyExcluded(kRemoteAlone, place), "not remote") << place;
  }
  EXPECT_EQ(WhyExcluded(not_remote, "Remote - US; Bern"), std::nullopt);
}

TEST(PlaceFilter, TakesExpressionsAsTitlesDo) {
  EXPECT_EQ(WhyExcluded({.include = {"/^(ch|de)-/"}, .exclude = {}}, "CH-Bern"), std::nullopt);
  EXPECT_FALSE(PlaceFilter::Compile({.include = {"/(/"}, .exclude = {}}));
}

}  // namespace
}  // namespace rolecall
