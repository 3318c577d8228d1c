// Which runs have news, whichever process made it: the fast path to those who watch.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <set>
#include <stop_token>
#include <thread>

#include "db/db.h"

namespace rolecall {

// Listens from a thread of its own where the database can tell. Safe to use from several threads.
class RunEvents {
 public:
  explicit RunEvents(Database& database);
  RunEvents(const RunEvents&) = delete;
  RunEvents& operator=(const RunEvents&) = delete;

  // The run has news; 0: any run may have.
  void Tell(std::int64_t run_id);

  // The runs that had news since the last call, as soon as there is one, or none after `most` or
  // stop; 0 among them: any run may have. For one thread.
  std::set<std::int64_t> Wait(std::chrono::milliseconds most, std::stop_token stop);

  // Whether what other processes do is heard. Otherwise watchers have to look by themselves.
  bool hears() const { return hears_; }

 private:
  void Listen(std::stop_token ends);

  std::unique_ptr<Listener> listener_;
  const bool hears_;
  std::mutex mutex_;
  std::condition_variable_any told_;
  std::set<std::int64_t> news_;
  std::jthread thread_;
};

}  // namespace rolecall
