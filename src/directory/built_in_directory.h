// The directory that the program carries in itself: its texts, which the build embeds, and what
// they say.
#pragma once

#include <cstddef>
#include <string_view>

#include "directory/directory.h"

namespace rolecall {

// Of all boards, as they are carried.
constexpr std::size_t kMostPackedBoards = 200'000;  // bytes

struct DirectoryTexts {
  std::string_view well_known;     // well_known.txt
  std::string_view packed_boards;  // known_boards.txt, as UnpackText reads it
};

DirectoryTexts BuiltInTexts();

// Each is read when it is first asked for, by whatever thread. Both end the program where they
// cannot be.
const Directory& BuiltInDirectory();
// Of the well-known companies alone: nothing is unpacked for it.
const Directory& WellKnownCompanies();

}  // namespace rolecall
