// Waiting that a stop cuts short.
#pragma once

#include <chrono>
#include <stop_token>
#include <thread>
#include <utility>

namespace rolecall {

// Whether it was waited to the end: false at once where `stop` is asked for before.
bool WaitFor(std::chrono::milliseconds time, const std::stop_token& stop);

void WaitForStop(const std::stop_token& stop);

// A token that is asked to stop after a while, or with another; it ends with this.
class StopAfter {
 public:
  explicit StopAfter(std::chrono::milliseconds time, std::stop_token with = {})
      : forward_(std::move(with), Stop{stop_}), waits_([this, time](std::stop_token ends) {
          if (WaitFor(time, ends)) stop_.request_stop();
        }) {}
  StopAfter(const StopAfter&) = delete;
  StopAfter& operator=(const StopAfter&) = delete;
  std::stop_token token() const { return stop_.get_token(); }

 private:
  struct Stop {
    std::stop_source& source;
    void operator()() const { source.request_stop(); }
  };
  std::stop_source stop_;
  std::stop_callback<Stop> forward_;
  std::jthread waits_;
};

}  // namespace rolecall
