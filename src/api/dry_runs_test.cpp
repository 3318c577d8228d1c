// Who may preview now, and who has to come again.
#include "api/dry_runs.h"

#include <gtest/gtest.h>

namespace rolecall {
namespace {

TEST(DryRuns, AreOneAUserAndTwoInAll) {
  DryRuns runs;
  auto ann = runs.Begin(1);
  const auto again = runs.Begin(1);
  const auto ben = runs.Begin(2);
  const auto cem = runs.Begin(3);

  EXPECT_NE(ann, nullptr);
  EXPECT_EQ(again, nullptr);
  EXPECT_NE(ben, nullptr);
  EXPECT_EQ(cem, nullptr);

  ann.reset();
  EXPECT_EQ(runs.Begin(2), nullptr);
  EXPECT_NE(runs.Begin(3), nullptr);
  EXPECT_NE(runs.Begin(1), nullptr);
}

}  // namespace
}  // namespace rolecall
