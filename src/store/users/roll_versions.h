// The table user_rolls: how often jobs of a user were written.
#pragma once

#include <cstdint>

#include "db/db.h"

namespace rolecall {

enum class RollChange : std::uint8_t {
  kRowsWritten,
  kRowsTakenAway,  // some may be; others are written
};

// Counts one more, before rows of the user's jobs are written with that version in this
// transaction, and holds the user's roll until its end: so versions are seen in their order. After
// a board, and before a run; of several users in the order of their ids.
Result<std::int64_t> MoveRollOn(Transaction& tx, std::int64_t user_id,
                                RollChange change = RollChange::kRowsWritten);

struct RollVersion {
  std::int64_t version = 0;
  std::int64_t taken_away = 0;  // with which rows were last
};

// Zeros of a user whose jobs were never written.
Result<RollVersion> LoadRollVersion(Connection& db, std::int64_t user_id);

}  // namespace rolecall
