// Texts of places, each held once.
#include "search/place_table.h"

#include <gmock/gmock.h>

namespace rolecall {
namespace {

using testing::ElementsAre;

std::vector<std::string> NamesOf(const PlaceTable& table, std::uint32_t text) {
  std::vector<std::string> names;
  for (const std::uint32_t name : table.texts()[text].names)
    names.push_back(table.names()[name].written);
  return names;
}

TEST(PlaceTable, HoldsEachTextOnce) {
  PlaceTable table;

  const auto bern = table.Take({.places = "Bern, Switzerland", .workplace = ""});
  const auto rome = table.Take({.places = "Rome", .workplace = ""});

  EXPECT_NE(bern, rome);
  EXPECT_EQ(table.Take({.places = "Bern, Switzerland", .workplace = "hybrid"}), bern);
  EXPECT_EQ(table.texts().size(), 2);
  EXPECT_EQ(table.texts()[bern].folded, "bern, switzerland");
  EXPECT_THAT(NamesOf(table, bern), ElementsAre("Bern", "Switzerland"));
}

TEST(PlaceTable, TellsRemoteWorkOfTheSamePlaceApart) {
  PlaceTable table;

  const auto there = table.Take({.places = "Bern", .workplace = "on_site"});
  const auto anywhere = table.Take({.places = "Bern", .workplace = "remote"});
  const auto says_so = table.Take({.places = "Remote, Bern", .workplace = ""});

  EXPECT_FALSE(table.texts()[there].is_remote);
  EXPECT_TRUE(table.texts()[anywhere].is_remote);
  EXPECT_TRUE(table.texts()[says_so].is_remote);
  EXPECT_THAT(NamesOf(table, says_so), ElementsAre("Bern"));
}

TEST(PlaceTable, ShowsTheBestSpellingOfAName) {
  for (const auto& texts : {std::vector{"zurich", "ZURICH", "Zurich", "Zürich; Zurich, ZÜRICH"},
                            std::vector{"Zürich", "Zurich", "ZÜRICH", "zürich"}}) {
    PlaceTable table;
    for (const auto* places : texts) table.Take({.places = places, .workplace = ""});

    ASSERT_EQ(table.names().size(), 1);
    EXPECT_EQ(table.names().front().written, "Zürich");
    EXPECT_EQ(table.names().front().folded, "zurich");
    EXPECT_THAT(NamesOf(table, 3), ElementsAre("Zürich"));
  }
}

}  // namespace
}  // namespace rolecall
