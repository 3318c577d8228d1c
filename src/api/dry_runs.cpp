// A list of at most two users.
#include "api/dry_runs.h"

#include <algorithm>

namespace rolecall {
namespace {

constexpr std::size_t kMostUsers = 2;

}  // namespace

DryRuns::Place DryRuns::Begin(std::int64_t user_id) {
  auto user = std::make_unique<const std::int64_t>(user_id);
  const bool begun = users_.With([&](auto& users) {
    if (users.size() >= kMostUsers || std::ranges::find(users, user_id) != users.end())
      return false;
    users.push_back(user_id);
    return true;
  });
  return Place(begun ? user.release() : nullptr, [this](const std::int64_t* ended) {
    const std::unique_ptr<const std::int64_t> owned(ended);
    users_.With([&](auto& users) { std::erase(users, *owned); });
  });
}

}  // namespace rolecall
