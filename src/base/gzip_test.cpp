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

}  // namespace
}  // namespace rolecall
