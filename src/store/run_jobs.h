// The jobs of a run, each as the run left it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/error.h"
#include "store/db.h"

namespace rolecall {

struct JobOfRun {
  std::string company, external_id, title;
  std::string status;  // pending, ready, skipped, error, expired
  bool operator==(const JobOfRun&) const = default;
};

// Jobs that a complete reading of the run saw, or that the run wrote or expired, by company, title
// and id; at most `most`. A later run of the user takes over those that it sees.
Result<std::vector<JobOfRun>> LoadJobsOfRun(Connection& db, std::int64_t run_id, int most);

}  // namespace rolecall
