// A clock that stands until a test moves it.
#pragma once

#include <atomic>
#include <chrono>

#include "base/clock.h"

namespace rolecall {

// Safe to use from several threads. Must outlive the clocks that it hands out.
class ManualClock {
 public:
  explicit ManualClock(Timestamp start) : now_(start.time_since_epoch().count()) {}

  Timestamp Now() const { return Timestamp(std::chrono::milliseconds(now_.load())); }
  void Advance(std::chrono::milliseconds by) { now_ += by.count(); }
  Clock AsClock() {
    return [this] { return Now(); };
  }

 private:
  std::atomic<std::int64_t> now_;
};

}  // namespace rolecall
