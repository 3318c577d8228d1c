// What is packed comes out as it went in.
#include "base/gzip.h"

#include <gtest/gtest.h>

#include "tests/support/raw_client.h"

namespace rolecall {
namespace {

TEST(Gzip, ComesOutAsItWentIn) {
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += static_cast<char>(i * 7919 >> 3);

  EXPECT_EQ(Unpacked(Gzip(text)), text);
  EXPECT_EQ(Unpacked(Gzip("")), "");
}

TEST(PackText, ComesOutAsItWentInOrNotAtAll) {
  const std::string text(10'000, 'x');
  const std::string packed = PackText(text);

  EXPECT_LT(packed.size(), text.size());
  EXPECT_EQ(UnpackText(packed), text);
  EXPECT_EQ(UnpackText(PackText("")), "");
  EXPECT_EQ(UnpackText(packed.substr(0, packed.size() - 5)), std::nullopt);
  EXPECT_EQ(UnpackText("9" + packed), std::nullopt);
  EXPECT_EQ(UnpackText("no length"), std::nullopt);
}

}  // namespace
}  // namespace rolecall
