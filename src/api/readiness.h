// What has to be well before requests are sent here.
#pragma once

#include <chrono>
#include <mutex>
#include <string>
#include <vector>

#include "base/clock.h"
#include "store/db.h"

namespace rolecall {

struct Check {
  std::string name;
  bool ok = false;
  std::string message;
  std::chrono::steady_clock::time_point looked_at;
};

// Safe to use from several threads.
class Readiness {
 public:
  // `folder`: whose disk is looked at; of the database's file on SQLite. `database` outlives this.
  Readiness(Database& database, std::string folder)
      : database_(database), folder_(std::move(folder)) {}

  // Looks where the last look is over a second old.
  std::vector<Check> Look(Timestamp now);

 private:
  std::vector<Check> LookNow(Timestamp now) const;

  Database& database_;
  const std::string folder_;
  std::mutex looking_;  // one look serves all who wait for it
  std::vector<Check> last_;
};

}  // namespace rolecall
