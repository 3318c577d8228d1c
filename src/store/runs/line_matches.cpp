// Counts the lines that were found to match, by where they stand.
#include "store/runs/line_matches.h"

#include "store/runs/run_lines.h"

namespace rolecall {
namespace {

// Of a line, as far as an order asks for it; "" where there is no such line.
Result<std::string> LoadCompany(Connection& db, std::int64_t run_id, const MatchQuery& query) {
  if (query.order == LineOrder::kTime || query.near == 0) return std::string();
  TRY(auto lines, LoadLines(db, run_id, query.near - 1, 1));
  return lines.empty() ? std::string() : std::move(lines.front().company);
}

}  // namespace

Result<LineMatches> CountLineMatches(Connection& db, std::int64_t run_id, const MatchQuery& query,
                                     KeptMatches& kept) {
  TRY(const std::string company, LoadCompany(db, run_id, query));
  TRY(const auto matched, kept.Hold(db, run_id, query.filter, query.order));
  LineMatches matches;
  matches.total = static_cast<std::int64_t>(matched->size());
  matches.lines = matched->walked();
  matches.counts.assign(query.parts, 0);
  matched->ForEach([&](std::int64_t seq) {
    ++matches.counts[static_cast<std::size_t>(seq - 1) * query.parts /
                     static_cast<std::size_t>(matches.lines)];
  });
  if (query.near == 0) {
    if (matches.total > 0) matches.next = matched->At(0);
    return matches;
  }
  const std::size_t up_to = matched->CountUpTo(query.near, company);
  matches.up_to = static_cast<std::int64_t>(up_to);
  const bool on_one = up_to > 0 && matched->At(up_to - 1) == query.near;
  const std::size_t before = on_one ? up_to - 1 : up_to;
  if (before > 0) matches.before = matched->At(before - 1);
  if (up_to < matched->size()) matches.next = matched->At(up_to);
  return matches;
}

}  // namespace rolecall
