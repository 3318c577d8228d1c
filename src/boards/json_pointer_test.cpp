// Pointers as RFC 6901 writes them.
#include "boards/json_pointer.h"

#include <gtest/gtest.h>

namespace rolecall {
namespace {

TEST(ReadPointer, SplitsAtSlashes) {
  EXPECT_EQ(*ReadPointer("/location/name"), (Pointer{"location", "name"}));
}

TEST(ReadPointer, UndoesEachEscapeOnce) {
  EXPECT_EQ(*ReadPointer("/a~1b/m~0n/~01"), (Pointer{"a/b", "m~n", "~1"}));
}

TEST(ReadPointer, RefusesWhatIsNoPointer) {
  for (const char* wrong : {"", "title", "/", "/a//b", "/a/", "/a~2b", "/a~"})
    EXPECT_EQ(ReadPointer(wrong).error().code, Errc::kInvalidInput) << wrong;
}

TEST(ShowPointer, WritesWhatReadPointerReads) {
  for (const char* text : {"/location/name", "/a~1b/m~0n/~01"})
    EXPECT_EQ(ShowPointer(*ReadPointer(text)), text);
}

}  // namespace
}  // namespace rolecall
