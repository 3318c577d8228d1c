// Ctrl-C and SIGTERM as a stop token.
#pragma once

#include <atomic>
#include <stop_token>
#include <thread>

namespace rolecall {

// Made before other threads are, so that they inherit the blocked signals. The first signal asks to
// stop, the second ends the process at once with 130.
class Interrupts {
 public:
  Interrupts();
  Interrupts(const Interrupts&) = delete;
  Interrupts& operator=(const Interrupts&) = delete;
  ~Interrupts();

  std::stop_token token() const { return asked_.get_token(); }

 private:
  std::stop_source asked_;
  std::atomic<bool> ends_ = false;
  std::thread thread_;
};

}  // namespace rolecall
