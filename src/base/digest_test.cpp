// Digests of fields.
#include "base/digest.h"

#include <gtest/gtest.h>

namespace rolecall {
namespace {

TEST(Digester, GivesTheSameThirtyTwoHexadecimalDigitsForTheSameFields) {
  const std::string digest = Digester().Add("ab").Add("c").Finish();

  EXPECT_EQ(digest.size(), 32u);
  EXPECT_EQ(digest.find_first_not_of("0123456789abcdef"), std::string::npos);
  EXPECT_EQ(Digester().Add("ab").Add("c").Finish(), digest);
}

TEST(Digester, CountsTheBordersOfFields) {
  EXPECT_NE(Digester().Add("ab").Add("c").Finish(), Digester().Add("a").Add("bc").Finish());
  EXPECT_NE(Digester().Add("").Add("a").Finish(), Digester().Add("a").Add("").Finish());
  EXPECT_NE(Digester().Add("").Finish(), Digester().Finish());
}

// The value that `b2sum -l 128` gives for eight bytes of length and the field, on a machine that
// writes the low byte first: digests are kept in databases, and must not move.
TEST(Digester, DoesNotMoveFromOneVersionToAnother) {
  EXPECT_EQ(Digester().Add("rolecall").Finish(), "78f03179f07cb65c6c0747bbaf349117");
}

}  // namespace
}  // namespace rolecall
