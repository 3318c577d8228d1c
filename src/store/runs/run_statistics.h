// How many runs there are, and what came of them: for whoever watches the program itself.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "base/error.h"
#include "db/db.h"

namespace rolecall {

struct RunStatistics {
  std::map<std::string, std::int64_t> runs;  // by status
  std::map<std::string, std::int64_t> jobs;  // by outcome, over all runs
};

Result<RunStatistics> LoadRunStatistics(Connection& db);

}  // namespace rolecall
