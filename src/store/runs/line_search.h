// Pages of a run's log, of all lines or of those that match.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/error.h"
#include "db/db.h"
#include "store/runs/kept_matches.h"
#include "store/runs/run_lines.h"

namespace rolecall {

struct LineQuery {
  // Where it begins: behind all that one of them leaves out.
  std::int64_t after = 0;            // only lines with a greater number
  std::int64_t from_ms = 0;          // only lines of this millisecond since 1970, or later
  std::int64_t skip = 0;             // without so many of the first that match
  std::optional<std::int64_t> tail;  // only so many of the last that match
  // Both are exceeded where they would part lines of one millisecond.
  int limit = 100;
  std::size_t most_bytes = 4 << 20;  // of messages
  LineFilter filter;
  LineOrder order = LineOrder::kTime;  // by company, `after` and `from_ms` mean nothing
};

struct LinePage {
  std::vector<RunLine> lines;  // in order
  bool more = false;           // further ones are stored already
  std::int64_t matches = 0;    // in the whole run; not counted, and 0, where all lines match
};

// `kept` spares the walk over the log that a filter or another order costs.
Result<LinePage> FindLines(Connection& db, std::int64_t run_id, const LineQuery& query,
                           KeptMatches& kept);

}  // namespace rolecall
