// How well boards can be read.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "db/db.h"

namespace rolecall {

struct BoardHealth {
  std::optional<Timestamp> confirmed_at;  // when a complete reading last ended
  std::string latest;  // completeness of the last reading: "failed"; empty: there was none
  std::optional<Timestamp> latest_at;  // when it ended
  int failure_streak = 0;              // readings in a row that failed
  // Since when readings are as the last one is, where that failed or showed a part.
  std::optional<Timestamp> failing_since;
  std::string trouble;           // of the last reading
  bool latest_is_whole = false;  // the last reading is the last listing of all pages
  std::optional<int> but_for;    // how many its last listing of all pages is whole but for …
  std::optional<Timestamp> but_for_since;  // … since when …
  std::string but_for_what;                // … and which: "page 1, entry 31: an entry …"
  bool ever_listed = false;
  // Why a run of the user's came to no reading of it, and when, where no reading followed; else
  // empty.
  std::string not_read;
  std::optional<Timestamp> not_read_at;
  std::vector<int> sizes;  // of its last complete readings, at most 12, oldest first
};

// Of these boards, by id.
Result<std::map<std::int64_t, BoardHealth>> LoadBoardHealth(
    Connection& db, std::int64_t user_id, const std::vector<std::int64_t>& board_ids);

}  // namespace rolecall
