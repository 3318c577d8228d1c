// Counts against the usual size, and against what is known.
#include "domain/guard.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace rolecall {
namespace {

double Median(std::vector<int> sizes) {
  if (sizes.empty()) return 0;
  std::ranges::sort(sizes);
  const std::size_t middle = sizes.size() / 2;
  return sizes.size() % 2 == 1 ? sizes[middle] : (sizes[middle - 1] + sizes[middle]) / 2.0;
}

}  // namespace

double UsualSize(const KnownBoard& known, std::int64_t before_reading) {
  std::vector<int> sizes;
  for (const PastReading& past : known.complete) {
    if (sizes.size() == kSizesOfMedian) break;
    if (past.id < before_reading && !past.withheld) sizes.push_back(past.listed);
  }
  return Median(std::move(sizes));
}

double UsualSizeOnceSettled(const KnownBoard& known, int listed) {
  std::vector<int> sizes;
  for (const PastReading& past : known.complete) {
    if (sizes.size() == kSizesOfMedian) break;
    if (past.withheld && past.listed == 0 && listed > 0) continue;
    sizes.push_back(past.listed);
  }
  return Median(std::move(sizes));
}

bool IsGuarded(const Shrinkage& shrinkage, double usual_size, const ExpiryPolicy& policy) {
  return shrinkage.on_one_witness > policy.guard_above &&
         (shrinkage.listed < (1 - policy.guard_drop) * usual_size ||
          shrinkage.on_one_witness > policy.guard_share * shrinkage.active);
}

}  // namespace rolecall
