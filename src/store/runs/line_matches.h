// Where in a run's log the lines stand that are looked for: for marks beside a scroll bar, and for
// going from one to the next.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/error.h"
#include "db/db.h"
#include "store/runs/kept_matches.h"

namespace rolecall {

struct LineMatches {
  std::int64_t total = 0;            // of the whole log
  std::int64_t lines = 0;            // that the log has, whether or not they match
  std::vector<std::int64_t> counts;  // of equal parts of the log, from its first line on
  // About one line: how many of them stand before it or on it, and which are next to it.
  std::int64_t up_to = 0;
  std::optional<std::int64_t> next, before;
};

struct MatchQuery {
  LineFilter filter;
  LineOrder order = LineOrder::kTime;  // in which they stand before and behind a line
  std::size_t parts = 500;  // of the log, at least 1; more than it has lines leaves some empty
  std::int64_t near = 0;    // the number of a line that need not match
};

// `kept` spares a walk over the log.
Result<LineMatches> CountLineMatches(Connection& db, std::int64_t run_id, const MatchQuery& query,
                                     KeptMatches& kept);

}  // namespace rolecall
