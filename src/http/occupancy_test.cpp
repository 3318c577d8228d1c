// Caps by address and in all.
#include "http/occupancy.h"

#include <gtest/gtest.h>

namespace rolecall {
namespace {

TEST(Occupancy, LimitsEachAddressButLoopback) {
  Occupancy occupancy(5, 1);
  const auto one = occupancy.Take("10.0.0.1");
  const auto other = occupancy.Take("10.0.0.2");
  const auto here = occupancy.Take("127.0.0.1"), too = occupancy.Take("127.0.0.1");

  EXPECT_EQ(occupancy.Take("10.0.0.1"), nullptr);
  EXPECT_TRUE(one && other && here && too);
  EXPECT_EQ(occupancy.count(), 4U);
}

TEST(Occupancy, LimitsNoProxyForThoseBehindIt) {
  Occupancy occupancy(5, 1, *Proxies::Read("10.0.0.1"));
  const auto one = occupancy.Take("10.0.0.1"), two = occupancy.Take("10.0.0.1");

  EXPECT_TRUE(one && two);
}

TEST(Occupancy, LimitsAllTogether) {
  Occupancy occupancy(2, 9);
  const auto one = occupancy.Take("127.0.0.1"), two = occupancy.Take("10.0.0.1");

  EXPECT_EQ(occupancy.Take("127.0.0.1"), nullptr);
  EXPECT_EQ(occupancy.Take("10.0.0.2"), nullptr);
}

TEST(Occupancy, FreesAPlaceWithItsObjectAlsoAfterItself) {
  std::shared_ptr<Permit> late;
  {
    Occupancy occupancy(2, 1);
    auto place = occupancy.Take("10.0.0.1");
    place.reset();
    EXPECT_EQ(occupancy.count(), 0U);
    late = occupancy.Take("10.0.0.1");
    EXPECT_NE(late, nullptr);
  }
  late.reset();
}

}  // namespace
}  // namespace rolecall
