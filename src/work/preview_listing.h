// The listing that a preview plans with: read as a run would read it, or kept by a preview before.
#pragma once

#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "boards/board.h"
#include "work/read_conditionally.h"
#include "work/tools.h"

namespace rolecall {

enum class PreviewSource : std::uint8_t {
  kBoard,  // asked anew, conditionally
  kKept,   // what a preview of the last 15 minutes kept and nothing newer follows; else the board
};

struct BoardToPreview {
  std::int64_t user_id;  // for whom
  BoardAddress address;
  std::int64_t board_id;
  PreviewSource source;
};

struct PreviewListing {
  Listing listing = FailedListing{};
  std::optional<Timestamp> read_at;  // nothing where no reading stands behind it
  bool kept = false;                 // a preview before read it
  std::int64_t after_reading = 0;    // the board's latest reading before it
  bool mended = false;               // as BoardReading has it; not known of a kept one
  std::optional<int> but_for{};      // where it is only confirmed: as the board's row has it
};

// What is read takes the place of what was kept: a complete listing is kept, any other outcome says
// that what was kept is the past. A board that cannot be read is an outcome; kCancelled after stop,
// kStorage or kUnavailable where the database fails.
Result<PreviewListing> ListingForPreview(const WorkTools& tools, const BoardToPreview& asked,
                                         std::stop_token stop);

// Keeps what was read of the board so.
Result<void> KeepOrForget(const WorkTools& tools, const BoardRow& board, const TimedReading& read);

}  // namespace rolecall
