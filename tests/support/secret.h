// What servers of tests sign their tokens with.
#pragma once

namespace rolecall {

inline constexpr const char* kSecret = "a secret of a test, long enough";

}  // namespace rolecall
