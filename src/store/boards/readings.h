// The table readings: the ledger of every attempt at a board's listing.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "db/db.h"
#include "domain/reconcile.h"
#include "store/boards/boards.h"

namespace rolecall {

struct NewReading {
  Timestamp started_at;
  Timestamp finished_at;
  std::string completeness;  // complete, confirmed, partial, failed
  int listed = 0;
  bool withheld = false;       // stays out of the baseline
  std::optional<int> but_for;  // how many it is whole but for, where it is; then it is partial
  std::string unread;          // these, as JSON
  std::string told_digest;     // of what is told of these
  std::string digest;          // of a complete listing, or of what one is whole but for
  std::string trouble;
  Control control = Control::kNotAsked;
  int asked = 0;  // own addresses of absent jobs …
  int stood = 0;  // … and those that showed the job
  // What the board keeps of it, where it is complete.
  std::string etag;
  std::string last_modified;
  int definition_version = 0;
  bool changed_jobs = false;
  std::int64_t run_id = 0;  // the run that it was made for; 0: none
};

// Writes the reading and moves the board on, both or neither. kConflict where another reading of
// the board came, or a person kept jobs of it, after `board` was loaded: whatever was planned on it
// is stale.
Result<std::int64_t> AddReading(Transaction& tx, const BoardRow& board, const NewReading& reading);

// A complete reading of the board that another user's run made at or after `since`, and that
// nothing followed; nothing where there is none.
struct SharedReading {
  std::int64_t run_id = 0;
  Timestamp finished_at;
};
Result<std::optional<SharedReading>> FindShared(Connection& db, const BoardRow& board,
                                                std::int64_t user_id, Timestamp since);

// The readings of a board that a plan looks at, newest first: complete ones, in which a confirmed
// listing counts as the one that it confirmed, and those whole but for a few; and since when no
// reading could be made. `first_missing`: the first reading that lacked a job which is still
// missing, or left lately; 0: none.
Result<void> LoadPastReadings(Connection& db, std::int64_t board_id, std::int64_t first_missing,
                              KnownBoard& known);

// What was withheld before that reading is settled: those readings enter the baseline, empty ones
// only where it was empty too.
Result<void> SettleReadings(Transaction& tx, std::int64_t board_id, std::int64_t before_reading);

}  // namespace rolecall
