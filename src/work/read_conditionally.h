// Reads the board of a company for a run: conditionally where nothing is open, and confirmed where
// nothing changed.
#pragma once

#include <stop_token>

#include "boards/board.h"
#include "store/boards/boards.h"
#include "work/tools.h"

namespace rolecall {

// A board before it is read: where it is, and its row.
struct BoardToRead {
  BoardAddress address;
  BoardRow row;
};

struct TimedReading {
  BoardReading
      reading;  // a listing that is the same as the last complete one is a ConfirmedListing
  Timestamp started_at;
  Timestamp finished_at;
};

// `open_ends`: something of the board must be planned in full, so that an unchanged listing is not
// only confirmed. The one error is kCancelled.
enum class OpenEnds { kNone, kSome };
Result<TimedReading> ReadBoardConditionally(const WorkTools& tools, const BoardToRead& board,
                                            OpenEnds open_ends, std::stop_token stop);

}  // namespace rolecall
