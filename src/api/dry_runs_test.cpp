// Who may preview now, and who has to come again.
#include "api/dry_runs.h"

#include <gtest/gtest.h>

namespace rolecall {
namespace {

TEST(DryRuns, AreOneAUserAndSoManyInAll) {
  DryRuns runs(2);
  auto ann = runs.Begin(1);
  const auto again = runs.Begin(1);
  const auto ben = runs.Begin(2);
  const auto cem = runs.Begin(3);

  EXPECT_TRUE(ann);
  EXPECT_FALSE(again);
  EXPECT_TRUE(ben);
  EXPECT_FALSE(cem);

  {
    const Permit ended(std::move(ann));
  }
  EXPECT_FALSE(runs.Begin(2));
  EXPECT_TRUE(runs.Begin(3));
  EXPECT_TRUE(runs.Begin(1));
}

}  // namespace
}  // namespace rolecall
