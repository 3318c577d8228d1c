// Finds pages of a log.
#include "store/runs/line_search.h"

#include <algorithm>
#include <limits>

namespace rolecall {
namespace {

constexpr int kLinesASlice = 5'000;  // of a page, that are read at once

int SliceOf(const LineQuery& query) { return std::min(query.limit + 1, kLinesASlice); }

// Takes slices until the page is full; one that is shorter than asked for is the last.
template <typename LoadSlice>
Result<LinePage> FillPage(const LineQuery& query, const LoadSlice& load_slice) {
  LinePage page;
  std::size_t bytes = 0;
  for (bool ends = false; !ends && !page.more;) {
    TRY(std::vector<RunLine> lines, load_slice());
    ends = static_cast<int>(lines.size()) < SliceOf(query);
    for (RunLine& line : lines) {
      const bool full =
          static_cast<int>(page.lines.size()) >= query.limit || bytes >= query.most_bytes;
      page.more = full && line.at_ms != page.lines.back().at_ms;
      if (page.more) break;
      bytes += line.message.size();
      page.lines.push_back(std::move(line));
    }
  }
  return page;
}

// The number of the last line that is left out for its number or its time.
Result<std::int64_t> LoadLastLeftOut(Connection& db, std::int64_t run_id, const LineQuery& query) {
  if (query.from_ms <= 0) return query.after;
  TRY(const auto first, FindLineAt(db, run_id, query.from_ms));
  return std::max(query.after, first.value_or(std::numeric_limits<std::int64_t>::max()) - 1);
}

Result<LinePage> FindAllLines(Connection& db, std::int64_t run_id, const LineQuery& query) {
  TRY(std::int64_t after, LoadLastLeftOut(db, run_id, query));
  after = std::max(after, query.skip);
  if (query.tail) {
    TRY(const std::int64_t last, LoadLastSeq(db, run_id));
    after = std::max(after, last - *query.tail);
  }
  return FillPage(query, [&]() -> Result<std::vector<RunLine>> {
    TRY(auto lines, LoadLines(db, run_id, after, SliceOf(query)));
    if (!lines.empty()) after = lines.back().seq;
    return lines;
  });
}

}  // namespace

Result<LinePage> FindLines(Connection& db, std::int64_t run_id, const LineQuery& query,
                           KeptMatches& kept) {
  const bool by_time = query.order == LineOrder::kTime;
  if (query.filter.empty() && by_time) return FindAllLines(db, run_id, query);
  std::int64_t after = 0;
  if (by_time) {
    TRY(after, LoadLastLeftOut(db, run_id, query));
  }
  TRY(const auto matched, kept.Hold(db, run_id, query.filter, query.order));
  const auto size = static_cast<std::int64_t>(matched->size());
  std::int64_t place = std::max(query.skip, size - query.tail.value_or(size));
  if (after > 0) place = std::max(place, static_cast<std::int64_t>(matched->CountUpTo(after, "")));
  TRY(LinePage page, FillPage(query, [&] {
        std::vector<std::int64_t> numbers;
        for (int at = 0; at < SliceOf(query) && place < size; ++at)
          numbers.push_back(matched->At(static_cast<std::size_t>(place++)));
        return LoadLinesOf(db, run_id, numbers);
      }));
  page.matches = size;
  return page;
}

}  // namespace rolecall
