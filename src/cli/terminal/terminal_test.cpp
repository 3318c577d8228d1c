// Tables that fit, and text from outside that cannot steer a terminal.
#include "cli/terminal/terminal.h"

#include <gtest/gtest.h>

#include "cli/terminal/told_apart.h"

namespace rolecall {
namespace {

const Paint kPlainPaint(Colour::kOff);

TEST(Printable, TakesAwayWhatWouldSteerATerminal) {
  EXPECT_EQ(Printable("Cook\033[2J"), "Cook\xEF\xBF\xBD[2J");
  EXPECT_EQ(Printable("a\tb\nc\rd"), "a b c d");
  EXPECT_EQ(Printable("\xC2\x9B"
                      "2J"),
            "\xEF\xBF\xBD"
            "2J");
  EXPECT_EQ(Printable("abc\xE2\x80\xAE"
                      "def"),
            "abc\xEF\xBF\xBD"
            "def");
  EXPECT_EQ(Printable("caf\xE9"), "caf\xEF\xBF\xBD");
}

TEST(Printable, LeavesWordsOfAnyScriptAsTheyAre) {
  EXPECT_EQ(Printable("Développeur · シェフ 🍳"), "Développeur · シェフ 🍳");
}

TEST(DisplayWidth, CountsColumnsAndNotBytes) {
  EXPECT_EQ(DisplayWidth("Zürich"), 6);
  EXPECT_EQ(DisplayWidth("シェフ"), 6);
  EXPECT_EQ(DisplayWidth("e\xCC\x81"), 1);
}

TEST(TextTable, AlignsItsColumns) {
  TextTable table({{"company"}, {"new", TextTable::Align::kRight}});
  table.Add({"acme", "3"});
  table.Add({"Zürich", "12"});

  EXPECT_EQ(table.Text(0, kPlainPaint),
            "company  new\n"
            "acme       3\n"
            "Zürich    12\n");
}

TEST(TextTable, CutsTheWidestColumnsToTheTerminal) {
  TextTable table({{"title", TextTable::Align::kLeft, true}, {"status"}});
  table.Add({"Principal Machine Learning Engineer", "ready"});

  const std::string text = table.Text(30, kPlainPaint);

  EXPECT_EQ(text,
            "title                   status\n"
            "Principal Machine Lea…  ready\n");
}

TEST(TextTable, CutsNothingWhereThereIsNoTerminal) {
  TextTable table({{"title", TextTable::Align::kLeft, true}});
  table.Add({std::string(300, 'x')});

  EXPECT_NE(table.Text(0, kPlainPaint).find(std::string(300, 'x')), std::string::npos);
}

TEST(Paint, ColoursOnlyWhereItIsOn) {
  EXPECT_EQ(Paint(Colour::kOn)(Tone::kBad, "no"), "\033[31mno\033[0m");
  EXPECT_EQ(Paint(Colour::kOff)(Tone::kBad, "no"), "no");
  EXPECT_EQ(Paint(Colour::kOn)(Tone::kPlain, "no"), "no");
}

TEST(ToldApart, ShowsTheBoardsIdOfThoseThatLookAlike) {
  struct Opening {
    std::string external_id, title, location;
  };
  const std::vector<Opening> openings{
      {"1", "Cook", "Oslo"}, {"2", "Cook", "Oslo"}, {"3", "Cook", "Rome"}};
  ToldApart apart;
  for (const Opening& one : openings) apart.Add(one);
  apart.Add(openings[2], "another company");

  EXPECT_EQ(apart.TitleOf(openings[0]), "Cook (1)");
  EXPECT_EQ(apart.TitleOf(openings[1]), "Cook (2)");
  EXPECT_EQ(apart.TitleOf(openings[2]), "Cook");
}

}  // namespace
}  // namespace rolecall
