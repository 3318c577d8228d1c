#include "run/placed_line.h"

#include <gtest/gtest.h>

namespace rolecall {
namespace {

constexpr std::int64_t kAtMs = 1'790'000'000'123;

RunLine Read(std::string_view text) {
  const auto line = ReadPlacedLine("", 12, text, kAtMs);
  return line ? *line : RunLine{.level = "none", .company = {}, .message = {}};
}

TEST(PlacedLine, IsReadAsItWasWritten) {
  const RunLine of_company{.seq = 7,
                           .at_ms = kAtMs,
                           .level = "warning",
                           .company = "acme (board 3)",
                           .message = "acme: 3 missing"};
  const RunLine of_run{
      .seq = 1, .at_ms = kAtMs, .level = "error", .company = "", .message = "RUN error"};

  EXPECT_EQ(PlacedLine("[TEST]", 12, of_company),
            "[TEST][IngestionWorker:run_id=12] acme: 3 missing\t7 w 1790000000123 acme (board 3)");
  for (const RunLine& line : {of_company, of_run}) {
    const auto read = ReadPlacedLine("[TEST]", 12, PlacedLine("[TEST]", 12, line) + "\n", 5);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->seq, line.seq);
    EXPECT_EQ(read->at_ms, line.at_ms);
    EXPECT_EQ(read->level, line.level);
    EXPECT_EQ(read->company, line.company);
    EXPECT_EQ(read->message, line.message);
  }
}

TEST(PlacedLine, IsInfoWithoutItsPlace) {
  for (const char* text :
       {"plain", "with a tab\tin it", "x\t7 q 1 acme", "x\t0 i 5 acme", "x\t7 i acme", "x\t7 i 5",
        "x\t-7 i 5 acme", "x\t7 i 9223372036854775807 acme"}) {
    const RunLine line = Read(std::string("[IngestionWorker:run_id=12] ") + text);
    EXPECT_EQ(line.seq, 0) << text;
    EXPECT_EQ(line.level, "info") << text;
    EXPECT_EQ(line.at_ms, kAtMs) << text;
    EXPECT_EQ(line.message, text);
  }
}

TEST(PlacedLine, IsNoneOfAnotherRunOrDatabase) {
  for (const char* text : {"[IngestionWorker:run_id=123] x", "[TEST][IngestionWorker:run_id=12] x",
                           " [IngestionWorker:run_id=12] x", "REPORT RequestId: 12"})
    EXPECT_EQ(Read(text).level, "none") << text;
}

}  // namespace
}  // namespace rolecall
