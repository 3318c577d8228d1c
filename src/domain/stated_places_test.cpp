// What words of places say.
#include "domain/stated_places.h"

#include <gmock/gmock.h>

namespace rolecall {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(SaysRemote, InTheWordsThatBoardsHave) {
  for (const char* place :
       {"Remote", "US - Remote", "(Remote)", "Home Office", "Télétravail", "Anywhere", "REMOTO"})
    EXPECT_TRUE(SaysRemote(place)) << place;
  for (const char* place :
       {"Hybrid Remote, Chicago", "Berlin (no remote)", "Non-remote", "Bern", "Remotely, Texas"})
    EXPECT_FALSE(SaysRemote(place)) << place;
}

TEST(IsRemote, WhereTheWorkplaceOrOneOfThePlacesSaysSo) {
  EXPECT_TRUE(IsRemote({.places = "Bern", .workplace = "remote"}));
  EXPECT_TRUE(IsRemote({.places = "Hybrid, Bern; Remote - US", .workplace = ""}));
  EXPECT_FALSE(IsRemote({.places = "Hybrid remote, Bern; Rome", .workplace = "hybrid"}));
}

TEST(PlaceNamesIn, AreWhatCommasPartInEachPlace) {
  EXPECT_THAT(PlaceNamesIn("Zürich, Switzerland; Bern"),
              ElementsAre("Zürich", "Switzerland", "Bern"));
  EXPECT_THAT(PlaceNamesIn("New  York,NY , US | Berlin or Rome"),
              ElementsAre("New York", "NY", "US", "Berlin", "Rome"));
  EXPECT_THAT(PlaceNamesIn("Portland, OR"), ElementsAre("Portland", "OR"));
}

TEST(PlaceNamesIn, AreNoneWhereNoPlaceIsNamed) {
  EXPECT_THAT(PlaceNamesIn("Remote, Germany; Remote - US"), ElementsAre("Germany"));
  EXPECT_THAT(PlaceNamesIn("Berlin +2 more"), ElementsAre("Berlin"));
  for (const char* places :
       {"", "3 Locations", "Various", "Remote", "Hybrid", "On-site", ", ,;", "N/A"})
    EXPECT_THAT(PlaceNamesIn(places), IsEmpty()) << places;
}

}  // namespace
}  // namespace rolecall
