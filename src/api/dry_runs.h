// How many dry runs of a kind, or checks of boards, are under way: each holds a handler, for as
// long as vendors take to answer, or titles to be compared.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/guarded.h"
#include "base/permit.h"

namespace rolecall {

inline constexpr std::size_t kMostDryRuns = 2;
inline constexpr std::size_t kMostTrials = 3;

// Safe to use from several threads.
class DryRuns {
 public:
  explicit DryRuns(std::size_t most) : most_(most) {}

  // The right to one; none where this user has one under way, or as many as may be are in all.
  // Outlives the permits.
  Permit Begin(std::int64_t user_id);

 private:
  const std::size_t most_;
  Guarded<std::vector<std::int64_t>> users_;  // of those under way
};

}  // namespace rolecall
