// The table user_jobs: the thin layer of a user over the jobs of boards.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "db/db.h"
#include "domain/projection.h"
#include "store/users/companies.h"

namespace rolecall {

// A user's plan for a company that it follows, made in a run.
struct UserPlanOfRun {
  std::int64_t run_id = 0;
  std::int64_t user_id = 0;
  const Following& following;
  const BoardState& board;
  const UserPlan& plan;  // over that board, whose new jobs have their ids
};

// Writes what the plan changes for the user, and nothing else.
Result<void> WriteUserPlan(Transaction& tx, const UserPlanOfRun& planned, Timestamp now);

struct Departed {
  std::string company;
  std::int64_t board_id = 0;
  std::vector<std::int64_t> expired{};  // ids of jobs
};

struct Departing {
  std::string company;
  int active = 0;      // jobs that are not expired yet
  bool moved = false;  // the user follows it on another board
};

// Companies that the user removed or moved to another board: their jobs of before are expired by
// the next run of them or of all companies.
Result<std::vector<Departing>> LoadDeparting(Connection& db, std::int64_t user_id);

struct DepartingJob {
  std::string company, external_id, title, location, url;
};

// Those that LoadDeparting counts, by company.
Result<std::vector<DepartingJob>> LoadDepartingJobs(Connection& db, std::int64_t user_id);

// Expires what LoadDeparting names, company_removed, as far as the run is of it; says how many
// each.
Result<std::vector<Departed>> ExpireDeparted(Transaction& tx, const RunOfUser& run, Timestamp now);

}  // namespace rolecall
