// Whether there is a board, asked before anybody follows it.
#pragma once

#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

#include "boards/board.h"
#include "work/tools.h"

namespace rolecall {

enum class BoardPresence : std::uint8_t {
  kStands,      // its answer shows that it is there
  kUnproven,    // it lists nothing, and its vendor answers so for any name
  kUnreadable,  // nothing of it could be read
};

struct CheckedBoard {
  BoardPresence presence = BoardPresence::kUnreadable;
  std::string trouble;            // why it could not be read, or not whole; else empty
  std::vector<ListedJob> sample;  // its first five jobs
  int total = 0;                  // so many as it lists, or states where not all of them were read
};

// Asks for its listing, or takes the one that a preview or a check of the last 15 minutes read.
// What comes within settings.check_patience counts; a complete listing of a board that stands is
// kept as that of a preview. kCancelled after stop, kStorage or kUnavailable where the database
// fails.
Result<CheckedBoard> CheckBoard(const WorkTools& tools, const BoardAddress& address,
                                std::stop_token stop);

}  // namespace rolecall
