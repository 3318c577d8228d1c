// Counts who failed to sign in lately. One map under one lock: keys are few, and each has at most
// ten times.
#include "auth/recent_failures.h"

#include <algorithm>

namespace rolecall {
namespace {

constexpr std::chrono::minutes kWindow{1};
constexpr std::size_t kMostKeysCounted = 10'000;

void DropOld(std::deque<Timestamp>& times, Timestamp now) {
  while (!times.empty() && now - times.front() >= kWindow) times.pop_front();
}

}  // namespace

std::chrono::seconds RecentFailures::Begin(std::span<const std::string> keys, Timestamp now) {
  return times_.With([&](Times& all) {
    if (all.size() + keys.size() > kMostKeysCounted)
      std::erase_if(all, [now](const auto& one) {
        return one.second.empty() || now - one.second.back() >= kWindow;
      });
    if (all.size() + keys.size() > kMostKeysCounted) return std::chrono::seconds(kWindow);
    std::chrono::seconds wait{0};
    for (const std::string& key : keys) {
      const auto found = all.find(key);
      if (found == all.end()) continue;
      DropOld(found->second, now);
      if (found->second.size() < kMost) continue;
      const auto left = found->second.front() + kWindow - now;
      wait =
          std::max({wait, std::chrono::seconds(1), std::chrono::ceil<std::chrono::seconds>(left)});
    }
    if (wait.count() == 0)
      for (const std::string& key : keys) all[key].push_back(now);
    return wait;
  });
}

void RecentFailures::TakeBack(std::span<const std::string> keys, Timestamp now) {
  times_.With([&](Times& all) {
    for (const std::string& key : keys) {
      const auto found = all.find(key);
      if (found == all.end()) continue;
      auto& times = found->second;
      if (const auto one = std::ranges::find(times, now); one != times.end()) times.erase(one);
      if (times.empty()) all.erase(found);
    }
  });
}

void RecentFailures::Forget(const std::string& key) {
  times_.With([&](Times& all) { all.erase(key); });
}

}  // namespace rolecall
