// Which tags are of a body, and who is spared it.
#include "http/entity_tag.h"

#include <gtest/gtest.h>

namespace rolecall {
namespace {

TEST(TagOf, DiffersWithTheBytes) {
  EXPECT_EQ(TagOf("body"), TagOf("body"));
  EXPECT_NE(TagOf("body"), TagOf("bodY"));
  EXPECT_EQ(TagOf("").size(), 34);
}

TEST(PackedTag, IsAnotherOfAStrongOneAlone) {
  EXPECT_EQ(PackedTag("\"a\""), "\"a-gzip\"");
  EXPECT_EQ(PackedTag("W/\"a\""), "W/\"a\"");
}

TEST(TagHeld, IsTheOneThatTheRequestNames) {
  const auto held = [](std::string names) {
    return TagHeld({.headers = {{"if-none-match", std::move(names)}}}, "\"a\"");
  };

  EXPECT_EQ(held("\"a\""), "\"a\"");
  EXPECT_EQ(held("W/\"a\""), "\"a\"");
  EXPECT_EQ(held("\"b\", \"a-gzip\" , \"c\""), "\"a-gzip\"");
  EXPECT_EQ(held("*"), "\"a\"");
  for (const char* others : {"", "\"b\"", "a", "\"a", "\"b\" a \"c\"", "\"ab\"", "\"x\"a\"y\""})
    EXPECT_EQ(held(others), std::nullopt) << others;
}

}  // namespace
}  // namespace rolecall
