// Lines beside the database that they were numbered in.
#include "store/runs/line_copy.h"

#include <gtest/gtest.h>

#include "store/migrate.h"
#include "store/runs/line_search.h"
#include "tests/support/databases.h"

namespace rolecall {
namespace {

TEST(LineCopy, IsReadAsTheTableIs) {
  auto copies = OpenDatabase("sqlite::memory:");
  ASSERT_TRUE(copies);
  ASSERT_TRUE(PrepareSchema(**copies, kTestNow));
  const std::vector<RunLine> lines{
      {.seq = 1, .at_ms = 5, .level = "info", .company = "", .message = "RUN initializing"},
      {.seq = 2, .at_ms = 6, .level = "warning", .company = "acme", .message = "acme: late"}};
  {
    auto tx = (*copies)->Write();
    ASSERT_TRUE(CopyLines(*tx, 12, {lines[0]}));
    ASSERT_TRUE(CopyLines(*tx, 12, {lines[1]}));
    ASSERT_TRUE(CopyLines(*tx, 13, {lines[0]}));
    ASSERT_TRUE(CopyLines(*tx, 13, {}));
    ASSERT_TRUE(tx->Commit());
  }
  KeptMatches kept;
  const LineQuery warnings{.filter = {.levels = {"warning"}}};
  const auto found = FindLines(**(*copies)->Reader(), 12, warnings, kept);
  ASSERT_EQ(found->lines.size(), 1U);
  EXPECT_EQ(found->lines[0].message, "acme: late");
  EXPECT_EQ(LoadLastSeq(**(*copies)->Reader(), 12), 2);
  {
    auto tx = (*copies)->Write();
    ASSERT_TRUE(DropCopiedLines(*tx, 12));
    ASSERT_TRUE(tx->Commit());
  }

  EXPECT_EQ(LoadLastSeq(**(*copies)->Reader(), 12), 0);
  EXPECT_EQ(FindLines(**(*copies)->Reader(), 12, warnings, kept)->matches, 0);
  EXPECT_TRUE(LoadLines(**(*copies)->Reader(), 12, 0, 9)->empty());
  EXPECT_EQ(LoadLines(**(*copies)->Reader(), 13, 0, 9)->size(), 1U);
}

}  // namespace
}  // namespace rolecall
