// Waiting for a database that cannot be reached, told once, and not forever.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <random>
#include <stop_token>
#include <string>

#include "base/error.h"

namespace rolecall {

// Shared by the lanes of a process. Safe to use from several threads.
class StoreTrouble {
 public:
  // `patience`: how long all waiting may last, from the first failure on.
  explicit StoreTrouble(std::chrono::milliseconds patience) : patience_(patience) {}

  using Tell = std::function<void(const std::string&)>;
  using TellError = std::function<void(const Error&)>;

  // Waits a moment after `error`, told where it is the first; false where the patience ended, and
  // at once after stop. Where another transaction came between, the moment is short and nothing is
  // told, unless that goes on.
  bool Wait(const Error& error, std::stop_token stop, const TellError& tell) {
    std::unique_lock lock(mutex_);
    const auto now = std::chrono::steady_clock::now();
    if (!since_ && error.contended && contended_ < kMostContended) {
      // Not all of them at the same time again.
      const std::chrono::milliseconds pause{5 * ++contended_ + static_cast<int>(random_() % 20)};
      mended_.wait_for(lock, stop, pause, [] { return false; });
      return !stop.stop_requested();
    }
    if (!since_) {
      since_ = now;
      tell(error);
    }
    if (now - *since_ >= patience_) return false;
    const auto a_moment = std::min<std::chrono::milliseconds>(kAMoment, patience_);
    mended_.wait_for(lock, stop, a_moment, [&] { return !since_; });
    return !stop.stop_requested();
  }

  // The database answered. `tell` is called where that is news.
  void Answered(const Tell& tell) {
    const std::scoped_lock lock(mutex_);
    contended_ = 0;
    if (!since_) return;
    const auto lasted = std::chrono::steady_clock::now() - *since_;
    since_.reset();
    mended_.notify_all();
    tell("the database answers again, after " +
         std::to_string(std::chrono::duration_cast<std::chrono::seconds>(lasted).count()) + " s");
  }

 private:
  static constexpr std::chrono::milliseconds kAMoment{1'000};
  static constexpr int kMostContended = 20;  // in a row
  const std::chrono::milliseconds patience_;
  std::mutex mutex_;
  std::condition_variable_any mended_;
  std::optional<std::chrono::steady_clock::time_point> since_;
  int contended_ = 0;
  std::minstd_rand random_{std::random_device{}()};
};

}  // namespace rolecall
