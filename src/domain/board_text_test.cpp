// Lines of what boards say.
#include "domain/board_text.h"

#include <gtest/gtest.h>

namespace rolecall {
namespace {

TEST(BoardLine, IsOneLineWithoutControlsAndOverrides) {
  EXPECT_EQ(BoardLine(" Cook\n\tSenior\x1b[31m \u202Egpj.exe\u2066\u0085"),
            "Cook Senior[31m gpj.exe");
}

TEST(BoardLine, KeepsWhatScriptsNeed) {
  for (const char* title : {"می\u200Cخواهم", "עברית\u200F!", "क्\u200Dष"})
    EXPECT_EQ(BoardLine(title), title);
}

TEST(BoardLine, IsCutAtACharacter) {
  std::string title;
  for (int i = 0; i < 3'000; ++i) title += "é";
  const std::string line = BoardLine(title);

  EXPECT_LE(line.size(), kLongestLine);
  EXPECT_TRUE(line.ends_with("é…"));
  EXPECT_EQ(BoardLine(std::string(kLongestLine, 'x')), std::string(kLongestLine, 'x'));
}

TEST(BoardProse, KeepsItsLinesAndLosesWhatSteersThem) {
  EXPECT_EQ(BoardProse("Cook\n\tsoup\x1b[2J\u202E daily\u2066\u0085\r\n"),
            "Cook\n\tsoup[2J daily\n");
  EXPECT_EQ(BoardProse("می\u200Cخواهم\nK\u00F6che"), "می\u200Cخواهم\nK\u00F6che");
}

TEST(BoardUrl, EscapesWhatSteers) {
  EXPECT_EQ(BoardUrl("https://jobs.test/\u202Egpj\x1b[2J/\u00E4?a=%20"),
            "https://jobs.test/%E2%80%AEgpj%1B[2J/\u00E4?a=%20");
  EXPECT_EQ(BoardUrl("https://jobs.test/a\n\tb\x7f\u0085\u2066"),
            "https://jobs.test/a%0A%09b%7F%C2%85%E2%81%A6");
}

}  // namespace
}  // namespace rolecall
