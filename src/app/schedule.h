// Starts runs by itself, for whoever follows something.
#pragma once

#include <chrono>
#include <functional>
#include <set>
#include <string_view>
#include <thread>

#include "base/clock.h"
#include "db/db.h"
#include "domain/contents.h"
#include "domain/run_state.h"

namespace rolecall {

class Schedule {
 public:
  struct Calls {
    std::function<void(const RunOfUser&)> started;   // a run was
    std::function<void(std::string_view)> complain;  // the database failed; it is tried again
  };
  // Starts a run of each user with an enabled company whose last one, whoever started it, began
  // longer ago than `every`, which several processes may do beside each other. `database` outlives
  // this.
  Schedule(Database& database, Clock clock, std::chrono::milliseconds every, Ingestion ingestion,
           Calls calls);

  // Starts no more; what is under way ends with the object.
  void BeginToEnd() { thread_.request_stop(); }

 private:
  void Work(std::stop_token ends);
  Result<void> StartDue(const std::stop_token& ends);

  Database& database_;
  const Clock clock_;
  const std::chrono::milliseconds every_;
  const Ingestion ingestion_;
  const Calls calls_;
  std::set<std::int64_t> complained_of_;  // users whose runs cannot be started; of the thread
  std::jthread thread_;
};

}  // namespace rolecall
