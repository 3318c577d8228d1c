// Bodies in chunks, cut anywhere, and those that are none.
#include "http/chunked_body.h"

#include <gtest/gtest.h>

namespace rolecall {
namespace {

using BodyState = ChunkedBody::State;

// What came of it: the body and what was left over, or why not.
std::string Take(std::string_view bytes) {
  ChunkedBody chunks(20, 30);
  switch (chunks.Take(bytes)) {
    case BodyState::kMore:
      return "more";
    case BodyState::kMalformed:
      return "malformed";
    case BodyState::kTooLarge:
      return "too large";
    case BodyState::kWhole:
      break;
  }
  return chunks.Release() + "|" + std::string(bytes);
}

TEST(ChunkedBody, PutsChunksTogetherAndLeavesWhatFollows) {
  EXPECT_EQ(Take("0\r\n\r\nGET"), "|GET");
  EXPECT_EQ(Take("3\r\nabc\r\nA;x=y\r\n0123456789\r\n0\r\nA: b\r\n\r\nGET"), "abc0123456789|GET");
  EXPECT_EQ(Take("1\r\n\r\r\n0000;last\r\n\r\n"), "\r|");
}

TEST(ChunkedBody, TakesEachByteAsItComes) {
  const std::string sent = "2\r\nab\r\n0\r\nA: b\r\n\r\n";
  ChunkedBody chunks(20, 30);
  std::string waiting;
  BodyState state = BodyState::kMore;
  for (const char byte : sent) {
    ASSERT_EQ(state, BodyState::kMore);
    std::string_view left = waiting += byte;
    state = chunks.Take(left);
    waiting = left;
  }

  EXPECT_EQ(state, BodyState::kWhole);
  EXPECT_EQ(chunks.Release(), "ab");
}

TEST(ChunkedBody, RefusesWhatTwoReadersCouldReadDifferently) {
  for (const char* bytes :
       {"x\r\n", "\r\n", "-1\r\n", "+1\r\n", "0x1\r\n", " 1\r\n", "1 \r\n", "1\n;\r\n",
        "1;a\nb\r\n", "1;a\rb\r\n", "1\r\nabc", "1\r\na\n\r\n", "00000000000000001\r\n",
        "FFFFFFFFFFFFFFFFF\r\n", "0\r\nno colon\r\n\r\n", "0\r\nA: b\nC: d\r\n\r\n"})
    EXPECT_EQ(Take(bytes), "malformed") << bytes;
}

TEST(ChunkedBody, HoldsTheLimits) {
  EXPECT_EQ(Take("14\r\n"), "more");
  EXPECT_EQ(Take("15\r\n"), "too large");
  EXPECT_EQ(Take("1\r\na\r\n14\r\n"), "too large");
  EXPECT_EQ(Take("FFFFFFFFFFFFFFFF\r\n"), "too large");
  EXPECT_EQ(Take("1;" + std::string(40, 'x')), "malformed");
  EXPECT_EQ(Take("0\r\nA: " + std::string(12, 'x') + "\r\nB: " + std::string(12, 'x') + "\r\n"),
            "malformed");
}

}  // namespace
}  // namespace rolecall
