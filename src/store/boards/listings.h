// The table listings: the complete listing that a preview read of a board, compressed, to be shown
// again.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "base/clock.h"
#include "base/error.h"
#include "db/db.h"
#include "domain/listing.h"

namespace rolecall {

struct KeptListingPolicy {
  std::chrono::minutes kept{15};  // what a preview read may be shown again for so long
};

struct KeptListing {
  CompleteListing listing;
  Timestamp read_at;
  std::int64_t after_reading = 0;  // the board's latest reading then, and still
};

// Keeps the listing in place of one that was read before it. `after_reading`: the board's latest
// reading when this one began.
Result<void> KeepListing(Transaction& tx, std::int64_t board_id, const CompleteListing& listing,
                         std::int64_t after_reading, Timestamp read_at);

// Whether any is kept, however old.
Result<bool> HasListing(Connection& db, std::int64_t board_id);

// Forgets what was read at or before `read_at`.
Result<void> ForgetListing(Transaction& tx, std::int64_t board_id, Timestamp read_at);

// The listing kept for the board, where it was read at or after `oldest` and no reading of the
// board came after it.
Result<std::optional<KeptListing>> LoadListing(Connection& db, std::int64_t board_id,
                                               Timestamp oldest);

}  // namespace rolecall
