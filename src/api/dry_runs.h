// How many dry runs are under way: each holds a handler for as long as vendors take to answer.
#pragma once

#include <cstdint>
#include <vector>

#include "base/guarded.h"
#include "base/permit.h"

namespace rolecall {

// Safe to use from several threads.
class DryRuns {
 public:
  // The right to one dry run; none where this user has one under way, or two are in all. Outlives
  // the permits.
  Permit Begin(std::int64_t user_id);

 private:
  Guarded<std::vector<std::int64_t>> users_;  // of those under way
};

}  // namespace rolecall
