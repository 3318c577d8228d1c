// How politely this process asks each vendor: how many at once, how far apart, and not at all for a
// while after failures.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <stop_token>
#include <string>

#include "base/error.h"
#include "base/permit.h"
#include "domain/pace.h"

namespace rolecall {

using SteadyTime = std::chrono::steady_clock::time_point;

// Safe to use from several threads.
class Pacing {
 public:
  explicit Pacing(PacingSettings settings,
                  std::function<SteadyTime()> now = std::chrono::steady_clock::now)
      : settings_(settings), now_(std::move(now)) {}

  // Waits for a place, which must end before this. kCancelled after stop; kUpstream at once, with
  // the time, while the key is left alone.
  Result<Permit> Enter(const std::string& key, std::stop_token stop);

  // Nothing of this key starts before then.
  void Hold(const std::string& key, std::chrono::milliseconds wait);

  // Refuses every request of this key until then: the vendor asked for it.
  void LeaveAlone(const std::string& key, std::chrono::seconds wait);

  enum class Outcome { kAnswered, kFailed };
  void Note(const std::string& key, Outcome outcome);

  // Keeps off a key for as long as others were told to, without counting their failures as its own.
  void Heed(const HeldKey& held);

  // Whether a request of this key could start at once, or would be refused at once.
  bool IsFree(const std::string& key);

 private:
  struct State {
    int running = 0;
    Pace<SteadyTime> pace;
  };
  void Leave(const std::string& key);

  const PacingSettings settings_;
  const std::function<SteadyTime()> now_;
  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::map<std::string, State, std::less<>> states_;
};

}  // namespace rolecall
