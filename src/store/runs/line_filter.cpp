// Matches lines here and not in the database, so that both databases fold alike.
#include "store/runs/line_filter.h"

#include <algorithm>

#include "base/text.h"

namespace rolecall {
namespace {

bool Holds(const std::vector<std::string>& wanted, const std::string& value) {
  return wanted.empty() || std::ranges::find(wanted, value) != wanted.end();
}

}  // namespace

LineMatcher::LineMatcher(const LineFilter& filter) : filter_(filter), folded_(Fold(filter.text)) {}

bool LineMatcher::Takes(const RunLine& line) const {
  return Holds(filter_.levels, line.level) && Holds(filter_.companies, line.company) &&
         (folded_.empty() || Fold(line.message).contains(folded_));
}

bool LineMatcher::Takes(std::string_view message) const { return Fold(message).contains(folded_); }

}  // namespace rolecall
