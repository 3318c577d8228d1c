// Whether an open stream may go on, as whoever opened it says.
#pragma once

#include <atomic>
#include <utility>

#include "base/permit.h"

namespace rolecall {

// Safe to use from several threads. Kept until the stream is closed.
class StreamRight {
 public:
  // `permit` is given back with it.
  explicit StreamRight(Permit permit = {}) : permit_(std::move(permit)) {}

  // From now on the stream sends nothing more; Streams::EndWithdrawn ends it.
  void Withdraw() { holds_ = false; }
  bool holds() const { return holds_; }

 private:
  std::atomic<bool> holds_ = true;
  const Permit permit_;
};

}  // namespace rolecall
