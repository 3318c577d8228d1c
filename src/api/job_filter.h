// The jobs that a query asks for, and their order, read alike wherever one is taken.
#pragma once

#include <string>

#include "api/query.h"
#include "store/users/job_search.h"

namespace rolecall {

// Of "q", "company", "status" and "since", which may all be left out, as api/jobs.h has them.
FromQuery<JobFilter> ReadJobFilter(const Request& request, Timestamp now);

// Of "run" and "fate", of which each needs the other: which jobs made that number of that run.
struct FateAsked {
  std::int64_t run_id = 0;
  std::string count;  // one of kRunCounts
};
FromQuery<std::optional<FateAsked>> ReadFate(const Request& request);

// Has the filter take those jobs alone, where any were asked for. Errors of LoadJobsOfCount.
Result<void> FilterByFate(Connection& db, std::int64_t user_id,
                          const std::optional<FateAsked>& asked, JobFilter& filter);

// Of "sort"; where it is left out by how well they fit, if "q" has words to fit, else by company.
FromQuery<JobSort> ReadJobSort(const Request& request);

// Of "exact".
FromQuery<Slips> ReadSlips(const Request& request);

}  // namespace rolecall
