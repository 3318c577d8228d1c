// Folds texts as every search of the program does.
#include "store/runs/line_filter.h"

#include "base/text.h"

namespace rolecall {

LineMatcher::LineMatcher(const LineFilter& filter) : folded_(Fold(filter.text)) {}

bool LineMatcher::Takes(std::string_view message) const { return Fold(message).contains(folded_); }

}  // namespace rolecall
