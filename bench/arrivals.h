// When what one thread waits for reached another.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <mutex>
#include <stdexcept>

namespace rolecall {

// Safe to use from several threads.
class Arrivals {
 public:
  using Time = std::chrono::steady_clock::time_point;

  void Note(std::int64_t number) {
    const Time now = std::chrono::steady_clock::now();
    const std::scoped_lock lock(mutex_);
    times_.emplace(number, now);
    came_.notify_all();
  }

  // When that number came first. Throws where it does not within a minute.
  Time Await(std::int64_t number) {
    std::unique_lock lock(mutex_);
    if (!came_.wait_for(lock, std::chrono::minutes(1), [&] { return times_.contains(number); }))
      throw std::runtime_error("what was told never came");
    return times_.at(number);
  }

 private:
  std::mutex mutex_;
  std::condition_variable came_;
  std::map<std::int64_t, Time> times_;
};

}  // namespace rolecall
