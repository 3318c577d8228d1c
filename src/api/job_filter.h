// The jobs that a query asks for, and their order, read alike wherever one is taken.
#pragma once

#include "api/query.h"
#include "store/users/job_search.h"

namespace rolecall {

// Of "q", "company", "status" and "since", which may all be left out, as api/jobs.h has them.
FromQuery<JobFilter> ReadJobFilter(const Request& request, Timestamp now);

// Of "sort"; where it is left out by how well they fit, if "q" has words to fit, else by company.
FromQuery<JobSort> ReadJobSort(const Request& request);

// Of "exact".
FromQuery<Slips> ReadSlips(const Request& request);

}  // namespace rolecall
