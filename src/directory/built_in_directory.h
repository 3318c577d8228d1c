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

// Read when it is first asked for, by whatever thread. Ends the program where it cannot be.
const Directory& BuiltInDirectory();

}  // namespace rolecall
