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

using Times = std::map<std::string, std::deque<Timestamp>, std::less<>>;

// Whether `more` keys find room.
bool MakeRoom(Times& all, std::size_t more, Timestamp now) {
  if (all.size() + more > kMostKeysCounted)
    std::erase_if(all, [now](const auto& one) {
      return one.second.empty() || now - one.second.back() >= kWindow;
    });
  return all.size() + more <= kMostKeysCounted;
}

std::chrono::seconds WaitIn(Times& all, const std::string& key, Timestamp now) {
  const auto found = all.find(key);
  if (found == all.end()) return std::chrono::seconds(0);
  DropOld(found->second, now);
  if (found->second.size() < RecentFailures::kMost) return std::chrono::seconds(0);
  const auto left = found->second.front() + kWindow - now;
  return std::max(std::chrono::seconds(1), std::chrono::ceil<std::chrono::seconds>(left));
}

}  // namespace

std::chrono::seconds RecentFailures::Begin(std::span<const std::string> keys, Timestamp now) {
  return times_.With([&](Times& all) {
    if (!MakeRoom(all, keys.size(), now)) return std::chrono::seconds(kWindow);
    std::chrono::seconds wait{0};
    for (const std::string& key : keys) wait = std::max(wait, WaitIn(all, key, now));
    if (wait.count() == 0)
      for (const std::string& key : keys) all[key].push_back(now);
    return wait;
  });
}

std::chrono::seconds RecentFailures::WaitOf(const std::string& key, Timestamp now) {
  return times_.With([&](Times& all) { return WaitIn(all, key, now); });
}

void RecentFailures::Note(const std::string& key, Timestamp now) {
  times_.With([&](Times& all) {
    if (!MakeRoom(all, 1, now)) return;
    auto& times = all[key];
    times.push_back(now);
    if (times.size() > kMost) times.pop_front();
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
