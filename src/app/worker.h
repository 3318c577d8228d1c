// A process that works on runs, made from its settings: the tools that it hands to them.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "app/config.h"
#include "db/database_clock.h"
#include "db/db.h"
#include "fetch/counted_fetcher.h"
#include "work/tools.h"

namespace rolecall {

// A process that works on runs: by the database's clock, under a name of its own, and as polite
// together with all others on the database as it is alone.
class Worker {
 public:
  // Reads the clock, and frees what dead processes of this machine left. Neither may outlive the
  // database.
  // `count`: told of every request to a vendor; may be empty.
  static Result<std::unique_ptr<Worker>> Make(const Config& config, Database& database,
                                              CountFetch count = {});
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;
  ~Worker() = default;

  const std::string& name() const { return name_; }
  Fetcher& fetcher() { return *fetcher_; }
  Timestamp Now() const { return clock_.Now(); }
  Clock clock() const { return clock_.AsClock(); }
  // Reads the clock anew where it is old, or ran on otherwise than this machine's did, as while
  // the process was frozen. One thread at a time, and none while lanes work.
  Result<void> KeepClock();
  // What to tell where this machine's clock is off the database's by over a minute; else empty.
  std::string ClockTrouble() const;

  // The tools of runs. Must not outlive this.
  WorkTools Tools(std::function<void()> progress);

 private:
  Worker(const Config& config, Database& database);
  void Beat();

  const Config& config_;
  Database& database_;
  const std::string name_;
  DatabaseClock clock_;
  std::unique_ptr<Fetcher> fetcher_;
  std::optional<std::chrono::steady_clock::time_point> refreshed_;
  std::chrono::milliseconds ahead_{};  // of the database's clock, when it was refreshed
};

}  // namespace rolecall
