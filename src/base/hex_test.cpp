// Bytes and their hexadecimal digits.
#include "base/hex.h"

#include <gtest/gtest.h>

namespace rolecall {
namespace {

TEST(Hex, SpellsEveryByteAndReadsItBack) {
  std::string bytes;
  for (int byte = 0; byte < 256; ++byte) bytes += static_cast<char>(byte);

  EXPECT_EQ(HexOf(std::string_view("\0a\xff", 3)), "0061ff");
  EXPECT_EQ(HexOf(""), "");
  EXPECT_EQ(BytesOfHex(HexOf(bytes)), bytes);
  EXPECT_EQ(BytesOfHex(""), "");
}

TEST(Hex, ReadsNothingOfWhatIsNoPairsOfDigits) {
  EXPECT_EQ(BytesOfHex("0"), std::nullopt);
  EXPECT_EQ(BytesOfHex("0g"), std::nullopt);
  EXPECT_EQ(BytesOfHex("00 11"), std::nullopt);
}

}  // namespace
}  // namespace rolecall
