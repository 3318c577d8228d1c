// How politely each vendor is asked: how many at once, how far apart, and not at all for a while
// after failures.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <stop_token>
#include <string>

#include "base/error.h"

namespace rolecall {

struct PacingSettings {
  int at_once = 2;
  std::chrono::milliseconds pause{250};  // between starts
  int failures_to_open = 5;              // in a row, before the key is left alone …
  std::chrono::seconds open_for{
      60};  // … for so long, twice as long each time the trial after it fails …
  std::chrono::seconds open_at_most{600};  // … up to this
};

using SteadyTime = std::chrono::steady_clock::time_point;

// Safe to use from several threads.
class Pacing {
 public:
  explicit Pacing(PacingSettings settings,
                  std::function<SteadyTime()> now = std::chrono::steady_clock::now)
      : settings_(settings), now_(std::move(now)) {}

  // Gives its place back when it ends.
  class Permit {
   public:
    Permit(Pacing& pacing, std::string key) : pacing_(&pacing), key_(std::move(key)) {}
    Permit(Permit&& other) noexcept
        : pacing_(std::exchange(other.pacing_, nullptr)), key_(std::move(other.key_)) {}
    Permit& operator=(Permit&&) = delete;
    ~Permit() {
      if (pacing_ != nullptr) pacing_->Leave(key_);
    }

   private:
    Pacing* pacing_;
    std::string key_;
  };

  // Waits for a place. kCancelled after stop; kUpstream at once, with the time, while the key is
  // left alone.
  Result<Permit> Enter(const std::string& key, std::stop_token stop);

  // Nothing of this key starts before then.
  void Hold(const std::string& key, std::chrono::milliseconds wait);

  // Refuses every request of this key until then: the vendor asked for it.
  void LeaveAlone(const std::string& key, std::chrono::seconds wait);

  enum class Outcome { kAnswered, kFailed };
  void Note(const std::string& key, Outcome outcome);

  // Whether a request of this key could start at once, or would be refused at once.
  bool IsFree(const std::string& key);

 private:
  struct State {
    int running = 0;
    SteadyTime next_start{};
    SteadyTime held_until{};
    int failures = 0;
    SteadyTime open_until{};
    bool asked_for = false;  // the vendor asked to be left alone; else failures did it
    std::chrono::seconds opened_for{0};
  };
  void Leave(const std::string& key);

  const PacingSettings settings_;
  const std::function<SteadyTime()> now_;
  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::map<std::string, State, std::less<>> states_;
};

}  // namespace rolecall
