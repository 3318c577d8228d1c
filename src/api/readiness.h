// What has to be well before requests are sent here.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "base/clock.h"
#include "db/db.h"

namespace rolecall {

struct Check {
  std::string name;
  bool ok = false;
  std::string message;    // for anybody
  std::string failure{};  // what went wrong, for the log alone; else empty
  std::chrono::steady_clock::time_point looked_at;
};

// Looks on a thread of its own, since a database that hangs holds whoever asks it. Safe to use from
// several threads.
class Readiness {
 public:
  // `folder`: whose disk is looked at; of the database's file on SQLite. `function`: the worker
  // function that is asked for each run, so that nobody has to be there; empty: none. `database`
  // outlives this.
  Readiness(Database& database, std::string folder, std::string function = "");
  Readiness(const Readiness&) = delete;
  Readiness& operator=(const Readiness&) = delete;
  // Waits for the look under way, which takes as long as the database does.
  ~Readiness();

  // What was seen within the last second, or a new look. One that has not ended a second after it
  // began is not waited for: then what was seen before counts, with its age, but for the database,
  // which is not well.
  std::vector<Check> Look(Timestamp now);

 private:
  using Time = std::chrono::steady_clock::time_point;

  void Work(const std::stop_token& stop);
  std::vector<Check> LookNow(Timestamp now) const;
  bool IsFresh() const;                             // under the lock
  std::vector<Check> Overdue(Time asked_at) const;  // under the lock

  Database& database_;
  const std::string folder_;
  const std::string function_;
  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::vector<Check> last_;          // empty: none has ended
  std::optional<Timestamp> wanted_;  // the time to look at, until the thread takes it
  std::optional<Time> asked_at_;     // when the look under way was asked for
  std::jthread thread_;              // last, as it works with the others
};

}  // namespace rolecall
