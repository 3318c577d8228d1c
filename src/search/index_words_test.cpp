// Which words a text is looked for by.
#include "search/index_words.h"

#include <gmock/gmock.h>

namespace rolecall {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(IndexWords, AreFoldedRunsOfLettersAndDigits) {
  EXPECT_THAT(IndexWords("Senior Köchin (m/f/d), 24-7"),
              ElementsAre("senior", "kochin", "m", "f", "d", "24", "7"));
  EXPECT_THAT(IndexWords("C++ / C# Entwickler, .NET"),
              ElementsAre("c++", "c#", "entwickler", "net"));
  EXPECT_THAT(IndexWords("+ # - ()"), IsEmpty());
  EXPECT_THAT(IndexWords(std::string("a\0b\xff", 4)), ElementsAre("a", "b"));
}

TEST(IndexWords, AreTheSameBesideOtherCharacters) {
  EXPECT_THAT(IndexWords("•\u00a0We’re\tC++ (C#)\r\nNode.js — Köln+Bonn"),
              ElementsAre("we", "re", "c++", "c#", "node", "js", "koln+bonn"));
  EXPECT_THAT(IndexWords("cafe\u0301 ﬁnance"), ElementsAre("cafe", "finance"));
}

TEST(IndexWords, OfScriptsWithoutBlanksAreNeighbours) {
  EXPECT_THAT(IndexWords("東京都 A社"), ElementsAre("東京", "京都", "都", "a", "社"));
}

TEST(IndexWords, StandAmongOthersWholeButForTheLast) {
  const auto held = IndexWords("Node.js エンジニア");

  for (const char* sought : {"node", "no", "node.j", "エンジ", "ニア", "ア"})
    EXPECT_TRUE(StandAmong(IndexWords(sought), held)) << sought;
  for (const char* sought : {"nod.js", "ode", "エニ"})
    EXPECT_FALSE(StandAmong(IndexWords(sought), held)) << sought;
}

}  // namespace
}  // namespace rolecall
