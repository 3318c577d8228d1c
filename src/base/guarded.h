// A value that can be reached only while its lock is held.
#pragma once

#include <mutex>

namespace rolecall {

template <typename T>
class Guarded {
 public:
  Guarded() = default;
  explicit Guarded(T value) : value_(std::move(value)) {}

  // `use` must not do I/O: the lock is held while it runs.
  template <typename Use>
  decltype(auto) With(Use use) {
    std::scoped_lock hold(mutex_);
    return use(value_);
  }

 private:
  std::mutex mutex_;
  T value_{};
};

}  // namespace rolecall
