// Whether too many jobs would leave. Counts against the usual size, and against what is known.
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

bool LeftLately(const KnownJob& job, const ExpiryPolicy& policy, Timestamp now) {
  return job.witnesses == 1 && job.expired_reason != ExpiredReason::kConfirmed && job.expired_at &&
         now - *job.expired_at <= policy.guard_recent;
}

bool IsGuarded(const KnownBoard& known, const Leaving& leaving, int listed,
               const ExpiryPolicy& policy) {
  if (leaving.due == 0 || leaving.counted() <= policy.guard_above) return false;
  return listed < (1 - policy.guard_drop) * UsualSize(known, leaving.first_missing) ||
         leaving.counted() > policy.guard_share * (leaving.open + leaving.recent);
}

}  // namespace rolecall
