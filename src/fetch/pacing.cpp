// Paces the requests of this process. One lock over all keys: a place is taken or given back in
// microseconds, and waiting happens on a condition.
#include "fetch/pacing.h"

#include <fmt/format.h>

#include "base/clock.h"

namespace rolecall {

Result<Permit> Pacing::Enter(const std::string& key, std::stop_token stop) {
  std::unique_lock lock(mutex_);
  State& state = states_[key];
  while (true) {
    if (stop.stop_requested())
      return Fail(Errc::kCancelled, fmt::format("stopped before asking {}", key));
    const SteadyTime now = now_();
    if (now < state.pace.open_until) {
      const auto left =
          std::chrono::duration_cast<std::chrono::milliseconds>(state.pace.open_until - now);
      return Fail(Errc::kUpstream, LeftAlone(key, SystemNow() + left, state.pace.opened_after));
    }
    const SteadyTime start = state.pace.Start();
    if (state.running < settings_.at_once && now >= start) {
      ++state.running;
      state.pace.next_start = now + settings_.pause;
      return Permit([this, key] { Leave(key); });
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
  states_[key].pace.Hold(now_() + wait);
}

void Pacing::LeaveAlone(const std::string& key, std::chrono::seconds wait) {
  std::scoped_lock lock(mutex_);
  states_[key].pace.LeaveAlone(now_() + wait);
}

void Pacing::Note(const std::string& key, Outcome outcome) {
  std::scoped_lock lock(mutex_);
  Pace<SteadyTime>& pace = states_[key].pace;
  if (outcome == Outcome::kAnswered)
    pace.NoteAnswer();
  else
    pace.NoteFailure(settings_, now_());
}

void Pacing::Heed(const HeldKey& held) {
  std::scoped_lock lock(mutex_);
  Pace<SteadyTime>& pace = states_[held.key].pace;
  const SteadyTime now = now_();
  pace.Hold(now + held.held_for);
  if (now + held.left_alone_for <= pace.open_until) return;
  pace.LeaveAlone(now + held.left_alone_for);
  pace.opened_after = held.opened_after;
}

bool Pacing::IsFree(const std::string& key) {
  std::scoped_lock lock(mutex_);
  const auto found = states_.find(key);
  if (found == states_.end()) return true;
  const State& state = found->second;
  const SteadyTime now = now_();
  return now < state.pace.open_until ||
         (state.running < settings_.at_once && now >= state.pace.held_until);
}

}  // namespace rolecall
