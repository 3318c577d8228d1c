// Carries out what domain/carry_over says of a board: rows change their ids, and rows of one id
// become one, with everything that names them.
#pragma once

#include <cstdint>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "db/db.h"
#include "domain/carry_over.h"

namespace rolecall {

// In a transaction that holds the board's row, as the reading that comes with it does, before its
// plan is written. `carried` is of the board as that transaction found it.
Result<void> WriteCarryOver(Transaction& tx, std::int64_t board_id, std::int64_t reading_id,
                            const std::vector<CarriedJob>& carried, Timestamp now);

}  // namespace rolecall
