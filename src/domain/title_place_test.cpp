// Where a term matches a title, in code points of the title as it is written.
#include "domain/title_place.h"

#include <gtest/gtest.h>

#include "domain/title_filter.h"
#include "domain/title_term.h"

namespace rolecall {
namespace {

TitlePlace PlaceIn(std::string_view title, const std::string& term) {
  const auto compiled = CompileTerm(term);
  EXPECT_TRUE(compiled) << compiled.error().message;
  const auto place = PlaceOf(**compiled, title);
  EXPECT_TRUE(place) << term << " in " << title;
  return place.value_or(TitlePlace{.begin = 999});
}

TEST(PlaceOf, ATermIsWhereItsWordIs) {
  EXPECT_EQ(PlaceIn("Cook", "cook"), (TitlePlace{0, 4}));
  EXPECT_EQ(PlaceIn("Internal Audit Intern", "intern"), (TitlePlace{15, 6}));
  EXPECT_EQ(PlaceIn("Winterns", "*tern*"), (TitlePlace{3, 4}));
  EXPECT_EQ(PlaceIn("Senior C++ Developer", "c++"), (TitlePlace{7, 3}));
}

TEST(PlaceOf, ATermIsCountedInCharactersOfTheTitle) {
  EXPECT_EQ(PlaceIn("Élève développeur web", "developpeur"), (TitlePlace{6, 11}));
  EXPECT_EQ(PlaceIn("🍳 Köchin 🍳 Praktikum", "praktikum"), (TitlePlace{11, 9}));
  EXPECT_EQ(PlaceIn("Старший Повар", "повар"), (TitlePlace{8, 5}));
  EXPECT_EQ(PlaceIn("機械学習エンジニアリング部", "エンジニア"), (TitlePlace{4, 5}));
}

TEST(PlaceOf, ATermIsAsLongAsTheTitleWritesIt) {
  EXPECT_EQ(PlaceIn("Bauleiter Straße Nord", "strasse"), (TitlePlace{10, 6}));
  EXPECT_EQ(PlaceIn("Nord Straße Nord", "nord"), (TitlePlace{0, 4}));
  EXPECT_EQ(PlaceIn("Große Straße Nord", "nord"), (TitlePlace{13, 4}));
  EXPECT_EQ(PlaceIn("ﬁnance oﬃcer", "officer"), (TitlePlace{7, 5}));
  EXPECT_EQ(PlaceIn("Ｓｅｎｉｏｒ　Ｃｏｏｋ", "senior cook"), (TitlePlace{0, 11}));
  EXPECT_EQ(PlaceIn("소프트웨어 엔지니어", "엔지니어"), (TitlePlace{6, 4}));
  EXPECT_EQ(PlaceIn("İstanbul Şef", "sef"), (TitlePlace{9, 3}));
}

TEST(PlaceOf, ATermTakesACharacterWholeOfWhichItMatchesAPart) {
  EXPECT_EQ(PlaceIn("Straße", "stras*"), (TitlePlace{0, 5}));
  EXPECT_EQ(PlaceIn("Straße", "*se"), (TitlePlace{4, 2}));
  EXPECT_EQ(PlaceIn("oﬃce", "*fice"), (TitlePlace{1, 3}));
}

TEST(PlaceOf, ATermTakesTheMarksThatStandOnItsCharacters) {
  EXPECT_EQ(PlaceIn("Un cafe\xCC\x81 Manager", "cafe"), (TitlePlace{3, 5}));
  EXPECT_EQ(PlaceIn("De\xCC\x81veloppeur", "developpeur"), (TitlePlace{0, 12}));
  EXPECT_EQ(PlaceIn("e\xCC\x81 cook", "cook"), (TitlePlace{3, 4}));
  EXPECT_EQ(PlaceIn("a\xCC\x81\xCC\xA7 cook", "a"), (TitlePlace{0, 3}));
}

TEST(PlaceOf, ATermSpansWhatIsNotSeenAndRunsOfBlanks) {
  EXPECT_EQ(PlaceIn("  Data\xC2\xA0 Engineer ", "data engineer"), (TitlePlace{2, 14}));
  EXPECT_EQ(PlaceIn("Head\xE2\x80\x83of Halls", "halls"), (TitlePlace{8, 5}));
  EXPECT_EQ(PlaceIn("The Soft\xC2\xADware Cook", "software"), (TitlePlace{4, 9}));
  EXPECT_EQ(PlaceIn("Head of People’s Full‑Stack", "people's"), (TitlePlace{8, 8}));
  EXPECT_EQ(PlaceIn("Head of People’s Full‑Stack", "full-stack"), (TitlePlace{17, 10}));
  EXPECT_EQ(PlaceIn("People’s Chef’s Cook", "cook"), (TitlePlace{16, 4}));
}

TEST(PlaceOf, AnExpressionIsWhereItMatchesFirst) {
  EXPECT_EQ(PlaceIn("Élève Lead Cook", "/(head|lead)/"), (TitlePlace{6, 4}));
  EXPECT_EQ(PlaceIn("Élève DÉVELOPPEUR", "/Développeur/"), (TitlePlace{6, 11}));
  EXPECT_EQ(PlaceIn("Élève DE\xCC\x81VELOPPEUR II", "/developp.*r/"), (TitlePlace{6, 12}));
  EXPECT_EQ(PlaceIn("Cook \xC2\xA0 Two", "/k t/"), (TitlePlace{3, 5}));
  EXPECT_EQ(PlaceIn("Große Cook", "/k$/"), (TitlePlace{9, 1}));
}

TEST(PlaceOf, AnExpressionMayMatchNothing) {
  EXPECT_EQ(PlaceIn("Cook", "/x*/"), (TitlePlace{0, 0}));
  EXPECT_EQ(PlaceIn("Köchin ", "/$/"), (TitlePlace{6, 0}));
  EXPECT_EQ(PlaceIn("", "/x*/"), (TitlePlace{0, 0}));
}

TEST(PlaceOf, ATermThatDoesNotMatchIsNowhere) {
  EXPECT_EQ(PlaceOf(**CompileTerm("intern"), "Internal Audit"), std::nullopt);
  EXPECT_EQ(PlaceOf(**CompileTerm("/^k/"), "Cook"), std::nullopt);
}

TEST(WhereExcluded, IsThePlaceOfTheRuleThatExcludes) {
  const auto filter =
      TitleFilter::Compile({.include = {"cook", "chef"}, .exclude = {"night", "senior"}});
  const auto where = [&](std::string_view title) { return *filter->WhereExcluded(title, {}); };

  EXPECT_EQ(where("Señor Chef, Senior"), (TitlePlace{12, 6}));
  EXPECT_EQ(where("Senior Night Cook"), (TitlePlace{7, 5}));
  EXPECT_EQ(where("Senior Baker"), std::nullopt);
  EXPECT_EQ(where("Cook"), std::nullopt);
}

}  // namespace
}  // namespace rolecall
