// Differences between two descriptions.
#include "domain/text_difference.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace rolecall {
namespace {
using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> Lines(std::string_view before, std::string_view now) {
  std::vector<std::string> lines;
  for (const ChangedLine& one : DifferenceOf(before, now))
    lines.push_back((one.change == LineChange::kRemoved ? "- " : "+ ") + one.line);
  return lines;
}

TEST(TextDifference, NamesTheLinesThatOneOfThemHas) {
  EXPECT_THAT(
      Lines("We cook.\n\n- Soup\n- Stew\n\nApply.", "We cook.\n\n- Soup\n- Bread\n\nApply."),
      ElementsAre("- - Stew", "+ - Bread"));
  EXPECT_THAT(Lines("A\nB\nC\nD\nE", "A\nX\nC\nE\nF"), ElementsAre("- B", "+ X", "- D", "+ F"));
}

TEST(TextDifference, SeesNoneInBlanksAndEmptyLines) {
  EXPECT_THAT(Lines("We cook.\n\n\n  Soup ", "We cook.\nSoup"), IsEmpty());
  EXPECT_THAT(Lines("", ""), IsEmpty());
}

TEST(TextDifference, NamesAllWhereNothingIsAlike) {
  EXPECT_THAT(Lines("", "A\nB"), ElementsAre("+ A", "+ B"));
  EXPECT_THAT(Lines("A\nB", ""), ElementsAre("- A", "- B"));
  EXPECT_THAT(Lines("A", "B"), ElementsAre("- A", "+ B"));
}

TEST(TextDifference, OfLongTextsNamesWhatStandsBetweenTheLikeEnds) {
  std::string before = "first\n", now = "first\n";
  for (int i = 0; i < 3'000; ++i) {
    before += fmt::format("{}\n", i);
    now += fmt::format("{}\n", 3'000 - i);
  }

  const auto changed = DifferenceOf(before + "last", now + "last");

  EXPECT_EQ(changed.size(), 6'000);
  EXPECT_EQ(changed.front(), (ChangedLine{LineChange::kRemoved, "0"}));
}

}  // namespace
}  // namespace rolecall
