// Finds pages of a log.
#include "store/runs/line_search.h"

#include <algorithm>
#include <limits>

namespace rolecall {
namespace {

constexpr int kLinesASlice = 5'000;  // lines of a walk that are in memory at once

}  // namespace

Result<LinePage> FindLines(Connection& db, std::int64_t run_id, const LineQuery& query) {
  const bool counts = !query.filter.empty();
  const LineMatcher matcher(query.filter);
  std::int64_t after = query.after;
  if (query.from_ms > 0) {
    TRY(const auto first, FindLineAt(db, run_id, query.from_ms));
    after = std::max(after, first.value_or(std::numeric_limits<std::int64_t>::max()) - 1);
  }
  LinePage page;
  std::int64_t walked = counts ? 0 : after;
  const int slice = counts ? kLinesASlice : std::min(query.limit + 1, kLinesASlice);
  std::size_t bytes = 0;
  for (bool ends = false; !ends && (counts || !page.more);) {
    TRY(auto lines, LoadLines(db, run_id, walked, slice));
    ends = static_cast<int>(lines.size()) < slice;
    if (!lines.empty()) walked = lines.back().seq;
    for (RunLine& line : lines) {
      if (!matcher.Takes(line)) continue;
      if (counts) ++page.matches;
      if (line.seq <= after || page.more) continue;
      const bool full =
          static_cast<int>(page.lines.size()) >= query.limit || bytes >= query.most_bytes;
      page.more = full && line.at_ms != page.lines.back().at_ms;
      if (page.more) continue;
      bytes += line.message.size();
      page.lines.push_back(std::move(line));
    }
  }
  return page;
}

}  // namespace rolecall
