// The numbers of a log's lines that match, in the order in which they are shown. Kept from one
// question to the next: a log only grows, so that only what it gained is walked over again.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "db/db.h"
#include "store/runs/line_filter.h"

namespace rolecall {

enum class LineOrder : std::uint8_t {
  kTime,     // as they were told
  kCompany,  // those of the whole run, then each company's, by its name
};

// Not safe to use from several threads.
class MatchedLines {
 public:
  MatchedLines(LineFilter filter, LineOrder order)
      : filter_(std::move(filter)), order_(order), matcher_(filter_) {}
  MatchedLines(const MatchedLines&) = delete;
  MatchedLines& operator=(const MatchedLines&) = delete;

  // Takes in what the log has gained since. After a failure it can be called again.
  Result<void> Extend(Connection& db, std::int64_t run_id);

  const LineFilter& filter() const { return filter_; }
  LineOrder order() const { return order_; }
  // Lines of the log, whether or not they match.
  std::int64_t walked() const { return walked_; }
  std::size_t size() const { return size_; }

  // The number of the line at a place of the order, from 0; `place` is less than size().
  std::int64_t At(std::size_t place) const;

  // How many stand in the order before a line, which need not match, or on it. `company` is the
  // line's, and means nothing for LineOrder::kTime.
  std::size_t CountUpTo(std::int64_t seq, std::string_view company) const;

  // `visit` is called with the number of each, in no order that it could rely on.
  template <typename Visit>
  void ForEach(const Visit& visit) const {
    for (const auto& [company, group] : groups_)
      for (const std::uint32_t seq : group) visit(std::int64_t{seq});
  }

 private:
  Result<std::int64_t> WalkSlice(Connection& db, std::int64_t run_id, std::int64_t last);

  const LineFilter filter_;
  const LineOrder order_;
  const LineMatcher matcher_;
  std::int64_t walked_ = 0;
  std::size_t size_ = 0;
  // By company; all under "" for LineOrder::kTime. Each ascending.
  std::map<std::string, std::vector<std::uint32_t>, std::less<>> groups_;
};

}  // namespace rolecall
