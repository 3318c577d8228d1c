// CSV that spreadsheets read and do not execute.
#include "forms/job_forms.h"

#include <gtest/gtest.h>

namespace rolecall {
namespace {

TEST(CsvCell, QuotesOnlyWhatNeedsIt) {
  EXPECT_EQ(CsvCell("Cook"), "Cook");
  EXPECT_EQ(CsvCell(""), "");
  EXPECT_EQ(CsvCell("Cook, Senior"), "\"Cook, Senior\"");
  EXPECT_EQ(CsvCell("the \"best\" Cook"), "\"the \"\"best\"\" Cook\"");
  EXPECT_EQ(CsvCell("a\nb"), "\"a\nb\"");
  EXPECT_EQ(CsvCell("Oslo; Rome"), "\"Oslo; Rome\"");
}

TEST(CsvCell, NeverStartsAFormula) {
  EXPECT_EQ(CsvCell("=1+1"), "'=1+1");
  EXPECT_EQ(CsvCell("+49"), "'+49");
  EXPECT_EQ(CsvCell("-Cook"), "'-Cook");
  EXPECT_EQ(CsvCell("@SUM(A1)"), "'@SUM(A1)");
  EXPECT_EQ(CsvCell("\t=1"), "'\t=1");
  EXPECT_EQ(CsvCell("\uFF1D1"), "'\uFF1D1");
  EXPECT_EQ(CsvCell("\uFF20SUM"), "'\uFF20SUM");
  for (const char* nothing : {"\uFEFF", "\u2061", "\u061C", "\u034F", "\u200B\u00A0", " "})
    EXPECT_TRUE(CsvCell(std::string(nothing) + "=1").starts_with("'")) << nothing;
  EXPECT_EQ(CsvCell("\u200FCook = =1"), "\u200FCook = =1");
  EXPECT_EQ(CsvCell("=cmd|' /C calc'!A0,1"), "\"'=cmd|' /C calc'!A0,1\"");
}

TEST(JobJson, HasNullWhereThereIsNothing) {
  const auto shown = JobJson({.id = 7, .company = "acme", .status = "ready", .title = "Cook"});

  EXPECT_EQ(shown.at("id").as_int64(), 7);
  EXPECT_TRUE(shown.at("missing_since").is_null());
  EXPECT_TRUE(shown.at("expired_reason").is_null());
}

TEST(CsvLine, HasACellForEachColumn) {
  const std::string header = CsvHeader();
  const std::string line = CsvLine({.id = 7});

  EXPECT_EQ(std::ranges::count(header, ','), std::ranges::count(line, ','));
  EXPECT_TRUE(line.ends_with("\r\n"));
}

}  // namespace
}  // namespace rolecall
