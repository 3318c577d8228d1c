// Folding, mending, trimming, near words, percent-encoding.
#include "base/text.h"

#include <gtest/gtest.h>

#include <vector>

namespace rolecall {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
using std::string_literals::operator""s;

std::string Replaced(std::string_view before, std::string_view after) {
  return std::string(before) + std::string(kReplacement) + std::string(after);
}

TEST(Counted, KnowsOneFromMany) {
  EXPECT_EQ(Counted(1, "expiry", "expiries"), "1 expiry");
  EXPECT_EQ(Counted(0, "expiry", "expiries"), "0 expiries");
}

TEST(Fold, DropsCaseAccentsAndCompatibilityForms) {
  EXPECT_EQ(Fold("Senior DÉVELOPPEUR"), "senior developpeur");
  EXPECT_EQ(Fold("Straße"), "strasse");
  EXPECT_EQ(Fold("ﬁnance"), "finance");
  EXPECT_EQ(Fold("COOK 2"), "cook 2");
  EXPECT_EQ(Fold(""), "");
}

TEST(TraceFold, SaysOfWhatEachByteIsMade) {
  const Traced folded = TraceFold("Aße\xCC\x81ﬁ");

  EXPECT_EQ(folded.text, "assefi");
  EXPECT_EQ(folded.from, (std::vector<std::size_t>{0, 1, 1, 3, 6, 6}));
}

TEST(TraceOneLine, SaysWhereEachByteStood) {
  const Traced line = TraceOneLine(" a \xC2\xA0 ß ");

  EXPECT_EQ(line.text, "a ß");
  EXPECT_EQ(line.from, (std::vector<std::size_t>{1, 2, 6, 7}));
}

TEST(Fold, IsTheSameForComposedAndDecomposedText) {
  EXPECT_EQ(Fold("caf\xC3\xA9"), Fold("cafe\xCC\x81"));
}

TEST(Fold, LeavesOutWhatNobodySees) {
  EXPECT_EQ(Fold("Soft\xC2\xADware"), "software");
  EXPECT_EQ(Fold("\xEF\xBB\xBF\xEF\xBB\xBFÉ \xEF\xBB\xBF"), "e ");
}

TEST(Fold, ChangesNothingTheSecondTime) {
  for (const char* text : {"\xEF\xBB\xBF\xEF\xBB\xBFK", "\xCC\x81\xEF\xBB\xBFK", "ǅ ﬃ ẛ̣ ΐ İ ⅷ ㎏"})
    EXPECT_EQ(Fold(Fold(text)), Fold(text)) << text;
}

TEST(Fold, SurvivesBytesThatAreNotUtf8) { EXPECT_EQ(Fold("Co\xFFok"), Replaced("co", "ok")); }

TEST(Mend, LeavesGoodTextAlone) {
  const Mended mended = Mend("Köchin 👩‍🍳");
  EXPECT_EQ(mended.text, "Köchin 👩‍🍳");
  EXPECT_FALSE(mended.changed);
}

TEST(Mend, ReplacesWhatIsNotUtf8OnceASequence) {
  EXPECT_EQ(Mend("a\xFFz").text, Replaced("a", "z"));
  EXPECT_EQ(Mend("a\xE2\x82z").text, Replaced("a", "z"));
  EXPECT_EQ(Mend("a\xED\xA0\x80z").text, Replaced("a", "z"));
  EXPECT_EQ(Mend("a\xE2").text, Replaced("a", ""));
  EXPECT_TRUE(Mend("a\xFFz").changed);
}

TEST(Mend, ReplacesNul) {
  const Mended mended = Mend("a\0z"s);
  EXPECT_EQ(mended.text, Replaced("a", "z"));
  EXPECT_TRUE(mended.changed);
}

TEST(Mend, LeavesAByteOrderMarkOfWhatIsNoDocument) {
  const Mended mended = Mend("\xEF\xBB\xBFR7");
  EXPECT_EQ(mended.text, "\xEF\xBB\xBFR7");
  EXPECT_FALSE(mended.changed);
}

TEST(MendDocument, DropsALeadingByteOrderMarkWithoutCallingItAChange) {
  const Mended mended = MendDocument("\xEF\xBB\xBF{}");
  EXPECT_EQ(mended.text, "{}");
  EXPECT_FALSE(mended.changed);
}

TEST(MendJson, ReplacesEscapesOfNulAndOfLoneSurrogates) {
  EXPECT_EQ(MendJson(R"(["a\u0000"])").text, R"(["a\ufffd"])");
  EXPECT_EQ(MendJson(R"(["\uD83Dx"])").text, R"(["\ufffdx"])");
  EXPECT_EQ(MendJson(R"(["\ude00"])").text, R"(["\ufffd"])");
  EXPECT_EQ(MendJson(R"(["\ud83d\ud83d\ude00"])").text, R"(["\ufffd\ud83d\ude00"])");
  EXPECT_TRUE(MendJson(R"(["a\u0000"])").changed);
}

TEST(MendJson, LeavesPairsAndEscapedBackslashesAlone) {
  for (const char* text : {R"(["\uD83D\uDE00"])", R"(["\\u0000"])", R"(["\\\\ud800"])", R"(["\n"])",
                           R"(["\u00e9"])"}) {
    const Mended mended = MendJson(text);
    EXPECT_EQ(mended.text, text);
    EXPECT_FALSE(mended.changed);
  }
}

TEST(MendJson, ReadsNoFurtherThanTheText) {
  for (const char* text : {R"(\)", R"(\u)", R"(\u00)", R"(\ud83d\)", R"(\ud83d\u)"})
    EXPECT_NE(MendJson(text).text, "");
}

TEST(Trim, TakesBlanksOfManyKindsOffBothEnds) {
  EXPECT_EQ(Trim(" \t\r\n\xC2\xA0\xE2\x80\xAF\xE2\x80\x8B Cook \xC2\xA0\n"), "Cook");
  EXPECT_EQ(Trim("Chef  cook"), "Chef  cook");
  EXPECT_EQ(Trim(" \xC2\xA0 "), "");
  EXPECT_EQ(Trim("à"), "à");
}

TEST(OneLine, MakesEachRunOfBlanksOne) {
  EXPECT_EQ(OneLine("  Chef\n\t de \xC2\xA0 partie "), "Chef de partie");
  EXPECT_EQ(OneLine(""), "");
}

TEST(Nearest, ForgivesASlipOfTheFingers) {
  const std::vector<std::string> words{"greenhouse", "lever", "workday"};

  EXPECT_EQ(Nearest("grenhouse", words), "greenhouse");
  EXPECT_EQ(Nearest("Workdya", words), "workday");
  EXPECT_EQ(Nearest("banana", words), std::nullopt);
  EXPECT_EQ(Nearest("greenhouse", {}), std::nullopt);
}

TEST(DidYouMean, EndsASentenceOrAddsNothing) {
  const std::vector<std::string> words{"greenhouse"};

  EXPECT_EQ(DidYouMean("greenhose", words), " Did you mean greenhouse?");
  EXPECT_EQ(DidYouMean("banana", words), "");
}

TEST(OneLine, IsWhatItsTraceSaysOfAnyPieces) {
  const std::vector<std::string> pieces{"a", " ",  "\t", "ß", "\xC2\xA0", "\xE2\x80\x8B",
                                        "’", "\v", ""};
  for (const std::string& one : pieces)
    for (const std::string& two : pieces)
      for (const std::string& three : pieces)
        for (const std::string& text : {one + two + three, "b" + one + two + three + "c"})
          EXPECT_EQ(OneLine(text), TraceOneLine(text).text) << Quoted(text);
}

TEST(PercentEncode, KeepsUnreservedCharactersOnly) {
  EXPECT_EQ(PercentEncode("aZ09-._~"), "aZ09-._~");
  EXPECT_EQ(PercentEncode("a b/ü%"), "a%20b%2F%C3%BC%25");
  EXPECT_EQ(PercentEncode("a b/c", Slash::kKeep), "a%20b/c");
}

TEST(Initial, IsTheFirstLetterOrDigitAsACapital) {
  EXPECT_EQ(Initial("acme"), "A");
  EXPECT_EQ(Initial(" \"élan\""), "É");
  EXPECT_EQ(Initial("7shifts"), "7");
  EXPECT_EQ(Initial("株式会社"), "株");
  EXPECT_EQ(Initial("<&\xff>"), "?");
  EXPECT_EQ(Initial(""), "?");
}

TEST(DecodePercent, RefusesABrokenEscape) {
  EXPECT_EQ(DecodePercent("%41+b", PlusSign::kIsABlank), "A b");
  EXPECT_EQ(DecodePercent("%41+b", PlusSign::kStands), "A+b");
  EXPECT_EQ(DecodePercent("%c3%BC", PlusSign::kStands), "ü");
  EXPECT_EQ(DecodePercent("a%", PlusSign::kStands), std::nullopt);
  EXPECT_EQ(DecodePercent("a%4", PlusSign::kStands), std::nullopt);
  EXPECT_EQ(DecodePercent("a%4g", PlusSign::kStands), std::nullopt);
}

}  // namespace
}  // namespace rolecall
