// One lock over all keys: a place is taken or given back in microseconds, and waiting happens on a
// condition.
#include "fetch/pacing.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/clock.h"

namespace rolecall {

Result<Pacing::Permit> Pacing::Enter(const std::string& key, std::stop_token stop) {
  std::unique_lock lock(mutex_);
  State& state = states_[key];
  while (true) {
    if (stop.stop_requested())
      return Fail(Errc::kCancelled, fmt::format("stopped before asking {}", key));
    const SteadyTime now = now_();
    if (now < state.open_until) {
      const auto left =
          std::chrono::duration_cast<std::chrono::milliseconds>(state.open_until - now);
      return Fail(
          Errc::kUpstream,
          fmt::format("{} is left alone until {} {}", key, ToIso(SystemNow() + left),
                      state.asked_for ? "as it asked"
                                      : fmt::format("after {} failures in a row", state.failures)));
    }
    const SteadyTime start = std::max(state.next_start, state.held_until);
    if (state.running < settings_.at_once && now >= start) {
      ++state.running;
      state.next_start = now + settings_.pause;
      return Permit(*this, key);
    }
    if (state.running >= settings_.at_once)
      changed_.wait(lock, stop, [&] { return state.running < settings_.at_once; });
    else
      changed_.wait_for(lock, stop, start - now, [] { return false; });
  }
}

void Pacing::Leave(const std::string& key) {
  {
    std::scoped_lock lock(mutex_);
    --states_[key].running;
  }
  changed_.notify_all();
}

void Pacing::Hold(const std::string& key, std::chrono::milliseconds wait) {
  std::scoped_lock lock(mutex_);
  State& state = states_[key];
  state.held_until = std::max(state.held_until, now_() + wait);
}

void Pacing::LeaveAlone(const std::string& key, std::chrono::seconds wait) {
  std::scoped_lock lock(mutex_);
  State& state = states_[key];
  state.open_until = std::max(state.open_until, now_() + wait);
  state.asked_for = true;
}

void Pacing::Note(const std::string& key, Outcome outcome) {
  std::scoped_lock lock(mutex_);
  State& state = states_[key];
  if (outcome == Outcome::kAnswered) {
    state.failures = 0;
    state.opened_for = std::chrono::seconds(0);
    return;
  }
  if (++state.failures < settings_.failures_to_open) return;
  // After the first time, each failed trial opens it anew.
  state.opened_for = state.opened_for.count() == 0
                         ? settings_.open_for
                         : std::min(settings_.open_at_most, 2 * state.opened_for);
  if (now_() + state.opened_for <= state.open_until) return;
  state.open_until = now_() + state.opened_for;
  state.asked_for = false;
}

bool Pacing::IsFree(const std::string& key) {
  std::scoped_lock lock(mutex_);
  const auto found = states_.find(key);
  if (found == states_.end()) return true;
  const State& state = found->second;
  const SteadyTime now = now_();
  return now < state.open_until || (state.running < settings_.at_once && now >= state.held_until);
}

}  // namespace rolecall
