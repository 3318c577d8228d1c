// Starts a run of a user: at most one is active, and one whose worker died long ago is closed
// first.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "store/contents.h"
#include "store/db.h"
#include "store/runs.h"

namespace rolecall {

// A run without a heartbeat for so long has lost its worker.
inline constexpr std::chrono::seconds kHeartbeatLost{30};

struct RunOrder {
  std::int64_t user_id = 0;
  std::string trigger;  // cli, api, schedule
  Ingestion ingestion = Ingestion::kCrawl;
  std::vector<std::string> companies;  // empty: all that are enabled
  std::int64_t retry_of = 0;           // instead: what failed or was not reconciled in this run
  std::vector<std::int64_t> approved;  // withheld jobs that a person agreed to expire
};

// The companies of a run: those named, or all that are enabled; none where only removed companies
// are left to be expired. kInvalidInput where nothing is enabled, kNotFound on a company that is
// not followed.
Result<std::vector<Following>> ChooseCompanies(Connection& db, std::int64_t user_id,
                                               const std::vector<std::string>& names);

// kConflict while another run is active, kInvalidInput where nothing is enabled, kNotFound on a
// company that is not followed.
Result<std::int64_t> StartRun(Database& database, const RunOrder& order, Timestamp now);

}  // namespace rolecall
