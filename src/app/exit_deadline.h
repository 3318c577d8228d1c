// Ends the process where its end takes too long: a database or a reader of stderr that is stuck
// must not keep it.
#pragma once

#include <chrono>
#include <thread>

namespace rolecall {

// Made before and gone after whatever may be stuck.
class ExitDeadline {
 public:
  ExitDeadline() = default;
  ExitDeadline(const ExitDeadline&) = delete;
  ExitDeadline& operator=(const ExitDeadline&) = delete;
  // Takes it back.
  ~ExitDeadline() = default;

  // From now on the process has so long to end by itself. Its leases are freed by others, as those
  // of any process that is gone.
  void Arm(std::chrono::milliseconds most);

 private:
  std::jthread thread_;
};

}  // namespace rolecall
