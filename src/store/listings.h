// The table listings: what a preview read of a board, compressed, for the next preview.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "base/clock.h"
#include "base/error.h"
#include "domain/listing.h"
#include "store/db.h"

namespace rolecall {

inline constexpr std::chrono::minutes kListingKept{15};

struct KeptListing {
  Listing listing;  // complete or partial
  Timestamp read_at;
};

// Keeps a complete or partial listing in place of the one before; a failed one is not worth
// keeping.
Result<void> KeepListing(Transaction& tx, std::int64_t board_id, const Listing& listing,
                         Timestamp read_at);

// The listing kept for the board, where it is at most kListingKept old.
Result<std::optional<KeptListing>> LoadListing(Connection& db, std::int64_t board_id,
                                               Timestamp now);

}  // namespace rolecall
