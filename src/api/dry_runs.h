// How many dry runs are under way: each holds a handler for as long as vendors take to answer.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "base/guarded.h"

namespace rolecall {

// Safe to use from several threads.
class DryRuns {
 public:
  // The right to one dry run, given back when it goes; on any thread.
  using Place = std::unique_ptr<const std::int64_t, std::function<void(const std::int64_t*)>>;

  // Null where this user has one under way, or two are in all. Outlives the places.
  Place Begin(std::int64_t user_id);

 private:
  Guarded<std::vector<std::int64_t>> users_;  // of those under way
};

}  // namespace rolecall
