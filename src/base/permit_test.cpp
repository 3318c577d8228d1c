// A permit is given back once, by whoever has it last.
#include "base/permit.h"

#include <gtest/gtest.h>

namespace rolecall {
namespace {

TEST(Permit, IsGivenBackOnceWhenItsLastHolderEnds) {
  int given_back = 0;
  {
    Permit first([&] { ++given_back; });
    const Permit last(std::move(first));

    EXPECT_TRUE(last);
    EXPECT_EQ(given_back, 0);
  }
  EXPECT_EQ(given_back, 1);
}

TEST(Permit, ToNothingIsNone) { EXPECT_FALSE(Permit()); }

}  // namespace
}  // namespace rolecall
