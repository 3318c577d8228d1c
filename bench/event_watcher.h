// A client that follows the log of a run as server-sent events.
#pragma once

#include <cstdint>
#include <string>
#include <thread>

#include "bench/arrivals.h"
#include "bench/loopback.h"

namespace rolecall {

// Reads on a thread of its own, from the first line on.
class LogWatcher {
 public:
  LogWatcher(int port, const std::string& token, std::int64_t run_id);
  LogWatcher(const LogWatcher&) = delete;
  LogWatcher& operator=(const LogWatcher&) = delete;
  ~LogWatcher();

  // When the line was here whole. Throws where it does not come within a minute.
  Arrivals::Time Await(std::int64_t seq) { return lines_.Await(seq); }

 private:
  void Read();

  Socket socket_;
  Arrivals lines_;
  std::jthread thread_;
};

}  // namespace rolecall
