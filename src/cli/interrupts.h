// Ctrl-C and SIGTERM: held from the program's first line on, and then a stop token.
#pragma once

#include <atomic>
#include <stop_token>
#include <thread>

namespace rolecall {

// From here on both signals wait, in this thread and in those that it starts, until Interrupts take
// them or they are released. Called before anything else, so that none ends the program halfway
// between its start and the moment in which it listens.
void HoldInterrupts();

// What waited ends the process now, as does what comes: for commands that nothing is lost by.
void ReleaseInterrupts();

// Takes the signals, which must be held. The first asks to stop, the second ends the process at
// once with 130.
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
