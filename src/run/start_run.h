// Starts a run of a user, at most one of whom is active, or finds one that was left.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "db/db.h"
#include "store/boards/contents.h"
#include "store/runs/runs.h"

namespace rolecall {

// Whoever starts a run is taken to attend to it for so long, unless its process is seen to be dead.
inline constexpr std::chrono::seconds kAnnouncedFor{60};

struct RunOrder {
  std::int64_t user_id = 0;
  std::string trigger;  // cli, api, schedule
  Ingestion ingestion = Ingestion::kCrawl;
  std::vector<std::string> companies;   // empty: all that are enabled
  std::int64_t retry_of = 0;            // instead: what failed or was not reconciled in this run
  std::vector<std::int64_t> approved;   // withheld jobs that a person agreed to expire
  std::optional<Timestamp> none_since;  // kConflict where a run was made after it
  std::string worker;                   // who will carry it out; empty: whoever comes
};

// The companies of a run: those named, or all that are enabled; none where only removed companies
// are left to be expired. kInvalidInput where nothing is enabled, kNotFound on a company that is
// not followed.
Result<std::vector<Following>> ChooseCompanies(Connection& db, std::int64_t user_id,
                                               const std::vector<std::string>& names);

// The user's active run where nobody attends to it: whoever did has died, or gave no sign in time.
Result<std::optional<std::int64_t>> FindLeftRun(Database& database, std::int64_t user_id,
                                                Timestamp now);

// kConflict while another run is active, kInvalidInput where nothing is enabled, kNotFound on a
// company that is not followed.
Result<std::int64_t> StartRun(Database& database, const RunOrder& order, Timestamp now);

}  // namespace rolecall
