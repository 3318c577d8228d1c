// Base paths as an operator writes them.
#include "api/base_path.h"

#include <gtest/gtest.h>

namespace rolecall {
namespace {

TEST(ReadBasePath, TakesAPathWithOrWithoutAStrokeAtItsEnd) {
  EXPECT_EQ(ReadBasePath("/rolecall"), "/rolecall");
  EXPECT_EQ(ReadBasePath("/a/b-c/"), "/a/b-c");
  EXPECT_EQ(ReadBasePath("/"), "");
}

TEST(ReadBasePath, RefusesWhatNoProxyCouldPutBefore) {
  for (const char* path :
       {"", "rolecall", "http://x/rolecall", "/a b", "//a", "/a?b", "/api", "/logo/x"})
    EXPECT_FALSE(ReadBasePath(path)) << path;
}

}  // namespace
}  // namespace rolecall
