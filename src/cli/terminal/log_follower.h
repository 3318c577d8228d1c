// Shows the lines of a run in their order, whichever process stored them.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <thread>

#include "db/db.h"
#include "store/runs/run_lines.h"

namespace rolecall {

// Shows from a thread of its own. Safe to use from several threads.
class LogFollower {
 public:
  // Begins after line `after`.
  LogFollower(Database& database, std::int64_t run_id, std::int64_t after,
              std::function<void(const RunLine&)> show);
  LogFollower(const LogFollower&) = delete;
  LogFollower& operator=(const LogFollower&) = delete;
  // Shows what is stored by then.
  ~LogFollower();

  // There may be a new line; without a word it looks four times a second.
  void Wake();

 private:
  void Work(std::stop_token ends);
  void ShowNew();

  Database& database_;
  const std::int64_t run_id_;
  std::int64_t after_;
  const std::function<void(const RunLine&)> show_;
  std::mutex mutex_;
  std::condition_variable_any woken_;
  bool stale_ = true;
  std::jthread thread_;
};

}  // namespace rolecall
