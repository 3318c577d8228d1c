// The tables board_jobs, job_contents and readings, as the rules see them: what is known of a
// board.
#pragma once

#include <cstdint>

#include "base/error.h"
#include "db/db.h"
#include "domain/known_board.h"

namespace rolecall {

// Every job of the board, open or expired, with its past readings.
Result<KnownBoard> LoadKnownBoard(Connection& db, std::int64_t board_id);

}  // namespace rolecall
