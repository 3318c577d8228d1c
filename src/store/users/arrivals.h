// When jobs came to a user, or came back: what a feed tells.
#pragma once

#include <cstdint>
#include <vector>

#include "store/users/job_search.h"

namespace rolecall {

// A board may have had the job long before: the user has it since the reading that the run took of
// the board, or since the run began, where that reading was made before it for somebody else.
struct Arrival {
  JobRow job;
  std::int64_t run_id = 0;  // in which it came, or came back last
  Timestamp at;             // never another for a job and a run
};

// Open jobs of the user that match, those that came last first: at most `most`, of the last runs.
Result<std::vector<Arrival>> FindArrivals(Connection& db, std::int64_t user_id, JobFilter filter,
                                          int most);

}  // namespace rolecall
