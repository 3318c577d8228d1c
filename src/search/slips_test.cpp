// Counting slips of the fingers.
#include "search/slips.h"

#include <gtest/gtest.h>

#include "search/vocabulary.h"

namespace rolecall {
namespace {

int Begun(std::u32string_view typed, std::u32string_view word) {
  return CountSlips(typed, word, 2).begun;
}

TEST(Slips, AreALetterTooFewTooManyAnotherOrTwoSwapped) {
  EXPECT_EQ(Begun(U"nurse", U"nurse"), 0);
  EXPECT_EQ(Begun(U"nrse", U"nurse"), 1);
  EXPECT_EQ(Begun(U"nuurse", U"nurse"), 1);
  EXPECT_EQ(Begun(U"nurze", U"nurse"), 1);
  EXPECT_EQ(Begun(U"nusre", U"nurse"), 1);
  EXPECT_EQ(Begun(U"nusrre", U"nurse"), 2);
  EXPECT_EQ(Begun(U"baker", U"nurse"), 3) << "no further than was asked";
}

TEST(Slips, CountDoubleAtTheFirstLetter) {
  for (const char32_t* typed : {U"burse", U"urse", U"anurse", U"unrse"})
    EXPECT_EQ(Begun(typed, U"nurse"), 2) << static_cast<int>(typed[0]);
}

TEST(Slips, AreForgivenWithinABeginning) {
  EXPECT_EQ(Begun(U"kubrne", U"kubernetes"), 1);
  EXPECT_EQ(Begun(U"kube", U"kubernetes"), 0);
  EXPECT_EQ(CountSlips(U"kubrne", U"kubernetes", 2).whole, 4);
  EXPECT_EQ(CountSlips(U"enginer", U"engineer", 1).whole, 1);
  EXPECT_EQ(CountSlips(U"enginer", U"engineering", 1).whole, 4);
}

TEST(Slips, AreForgivenByTheLengthOfAWord) {
  EXPECT_EQ(SlipsForgiven(3), 0);
  EXPECT_EQ(SlipsForgiven(4), 1);
  EXPECT_EQ(SlipsForgiven(7), 1);
  EXPECT_EQ(SlipsForgiven(8), 2);
  EXPECT_EQ(CountSlips(std::u32string(5'000, U'x'), U"nurse", 2).begun, 3);
  EXPECT_EQ(CountSlips(U"nurse", std::u32string(5'000, U'n'), 2).begun, 3);
}

std::vector<std::string> Words(const std::vector<NearWord>& near) {
  std::vector<std::string> words;
  for (const NearWord& one : near) words.push_back(one.word);
  return words;
}

TEST(Vocabulary, NamesTheNearestThenTheMostFrequent) {
  Vocabulary words;
  words.Add("engineer", 5);
  words.Add("engineering", 90);
  words.Add("enginner", 1);
  words.Add("engineer", 5);
  words.Add("köche", 1);

  EXPECT_EQ(Words(words.Near("enginer", 9)),
            (std::vector<std::string>{"engineer", "enginner", "engineering"}));
  EXPECT_EQ(Words(words.Near("kölche", 9)), (std::vector<std::string>{"köche"}));
  EXPECT_TRUE(words.Near("eng", 9).empty()) << "too short to be forgiven anything";
  EXPECT_EQ(words.Near("enginer", 1).size(), 1U);
  EXPECT_TRUE(words.Near("enginer", 9)[0].IsAsNearAs(words.Near("enginer", 9)[1]));
}

}  // namespace
}  // namespace rolecall
