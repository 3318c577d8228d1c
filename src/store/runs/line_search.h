// Pages of a run's log, of all lines or of those that match.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/error.h"
#include "db/db.h"
#include "store/runs/line_filter.h"
#include "store/runs/run_lines.h"

namespace rolecall {

struct LineQuery {
  std::int64_t after = 0;    // only lines with a greater number
  std::int64_t from_ms = 0;  // only lines of this millisecond since 1970, or later
  // Both are exceeded where they would part lines of one millisecond.
  int limit = 100;
  std::size_t most_bytes = 4 << 20;  // of messages
  LineFilter filter;
};

struct LinePage {
  std::vector<RunLine> lines;  // in order
  bool more = false;           // further ones are stored already
  std::int64_t matches = 0;    // in the whole run; not counted, and 0, without a filter
};

// A filter costs a walk over the whole log.
Result<LinePage> FindLines(Connection& db, std::int64_t run_id, const LineQuery& query);

}  // namespace rolecall
