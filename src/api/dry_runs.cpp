// Counts what is under way. A list of a few users.
#include "api/dry_runs.h"

#include <algorithm>

namespace rolecall {

Permit DryRuns::Begin(std::int64_t user_id) {
  const bool begun = users_.With([&](auto& users) {
    if (users.size() >= most_ || std::ranges::find(users, user_id) != users.end()) return false;
    users.push_back(user_id);
    return true;
  });
  if (!begun) return {};
  return Permit([this, user_id] { users_.With([&](auto& users) { std::erase(users, user_id); }); });
}

}  // namespace rolecall
