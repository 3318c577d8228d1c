// Counts as it walks. How long the log is stands first: what is appended meanwhile is left out.
#include "store/runs/line_matches.h"

namespace rolecall {
namespace {

constexpr int kLinesOfAWalk = 5'000;  // in memory at once

}  // namespace

Result<LineMatches> CountLineMatches(Connection& db, std::int64_t run_id, const MatchQuery& query) {
  LineMatches matches;
  TRY(matches.lines, LoadLastSeq(db, run_id));
  matches.counts.assign(query.parts, 0);
  const LineMatcher matcher(query.filter);
  for (std::int64_t walked = 0; walked < matches.lines;) {
    TRY(const auto lines, LoadLines(db, run_id, walked, kLinesOfAWalk));
    if (lines.empty()) break;
    walked = lines.back().seq;
    for (const RunLine& line : lines) {
      if (line.seq > matches.lines || !matcher.Takes(line)) continue;
      ++matches.total;
      ++matches.counts[static_cast<std::size_t>(line.seq - 1) * query.parts /
                       static_cast<std::size_t>(matches.lines)];
      if (line.seq <= query.near) ++matches.up_to;
      if (line.seq < query.near) matches.before = line.seq;
      if (line.seq > query.near && !matches.next) matches.next = line.seq;
    }
  }
  return matches;
}

}  // namespace rolecall
