// The database's clock, carried on: the one clock that every worker on a database shares.
#pragma once

#include <atomic>
#include <chrono>

#include "base/clock.h"
#include "base/error.h"
#include "db/db.h"

namespace rolecall {

// Read from the database now and then, and carried by a clock that no one sets (and that counts
// while a machine sleeps) in between. Safe to use from several threads.
class DatabaseClock {
 public:
  explicit DatabaseClock(Database& database) : database_(database) {}

  // Reads the database's clock anew. Before the first time, Now is the system's clock. An answer
  // that took over a second is told too late to be of use where there was one before.
  Result<void> Refresh();

  Timestamp Now() const;
  Clock AsClock() const {
    return [this] { return Now(); };
  }

 private:
  Database& database_;
  std::atomic<std::chrono::milliseconds> ahead_{};  // of the clock that carries it; 0: not read yet
};

}  // namespace rolecall
