// The table boards: what the last complete reading of each left.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/error.h"
#include "db/db.h"

namespace rolecall {

struct BoardRow {
  std::int64_t id = 0;
  std::string kind;
  std::string token;
  std::string digest;  // of the last complete listing; empty where there is none
  std::string etag;
  std::string last_modified;
  int listed = 0;
  int definition_version = 0;
  std::int64_t latest_reading = 0;        // complete or not
  std::int64_t complete_reading = 0;      // the last complete one
  std::optional<Timestamp> confirmed_at;  // when a complete reading last ended
  std::int64_t changed_reading = 0;       // the last reading that changed any job of it
  bool ever_listed = false;
  int failure_streak = 0;
  std::optional<Timestamp> failing_since;
  int withheld = 0;  // jobs; between two readings only a person makes it less
  // The last that saw every page, complete or whole but for a few; where it was the latter, for how
  // many and since when.
  std::int64_t whole_reading = 0;
  std::optional<int> but_for;
  std::optional<Timestamp> but_for_since;
  std::string but_for_digest;  // of what was told last of such a few, though it was whole since
  std::int64_t version = 0;    // counts what is written of its jobs
};

// The board's id, adding it where it is new.
Result<std::int64_t> FindOrAddBoard(Transaction& tx, std::string_view kind, std::string_view token);

// Nothing where it was never added.
Result<std::optional<BoardRow>> FindBoardRow(Connection& db, std::string_view kind,
                                             std::string_view token);

Result<BoardRow> LoadBoard(Connection& db, std::int64_t id);

// BoardRow::version as it is now: within a transaction that moved it on, what its writes are of.
Result<std::int64_t> LoadBoardVersion(Connection& db, std::int64_t id);

// Whether something of the board is open, so that an unchanged listing must be planned in full: a
// job missing or withheld, or a content that this user waits for.
Result<bool> HasOpenEnds(Connection& db, std::int64_t board_id, std::int64_t user_id);

}  // namespace rolecall
