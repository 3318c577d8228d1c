// Limits of open files, and what they leave for connections.
#include "app/open_files.h"

#include <gtest/gtest.h>
#include <sys/resource.h>

namespace rolecall {
namespace {

TEST(RaiseOpenFiles, ReachesTheHardLimit) {
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &before), 0);
  const rlimit low{.rlim_cur = 64, .rlim_max = before.rlim_max};
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &low), 0);

  const std::size_t raised = RaiseOpenFiles();

  rlimit after{};
  ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &after), 0);
  EXPECT_EQ(after.rlim_cur, before.rlim_max);
  EXPECT_EQ(raised, after.rlim_cur);
  setrlimit(RLIMIT_NOFILE, &before);
}

TEST(ConnectionsUnder, LeavesFilesForTheRestOfTheProcess) {
  EXPECT_EQ(ConnectionsUnder(1'024).in_all, 768U);
  EXPECT_EQ(ConnectionsUnder(1'024).an_address, 384U);
  EXPECT_EQ(ConnectionsUnder(4'096).an_address, 1'024U);
  EXPECT_EQ(ConnectionsUnder(1'048'576).in_all, 16'384U);
  EXPECT_EQ(ConnectionsUnder(1'048'576).an_address, 1'024U);
  EXPECT_EQ(ConnectionsUnder(200).in_all, 100U);
  EXPECT_EQ(ConnectionsUnder(0).in_all, 16U);
  EXPECT_EQ(ConnectionsUnder(0).an_address, 8U);
}

TEST(ConnectionsUnder, NeverFallsAsTheLimitRises) {
  for (std::size_t limit = 0; limit < 20'000; ++limit)
    ASSERT_LE(ConnectionsUnder(limit).in_all, ConnectionsUnder(limit + 1).in_all) << limit;
}

}  // namespace
}  // namespace rolecall
