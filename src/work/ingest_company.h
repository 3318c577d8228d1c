// Gives the jobs of a company their contents: asked for one by one, or marked in mock ingestion.
#pragma once

#include <cstdint>
#include <stop_token>

#include "store/runs/runs.h"
#include "work/tools.h"

namespace rolecall {

struct IngestTask {
  Claim claim;
  std::int64_t user_id = 0;
  CompanyOfRun company;  // as its reading left it
};

// Asks until nothing is left to ask for, in commits of at most 100 jobs, then ends the company's
// part of the run. What others of the run asked for before stands. kCancelled where the run ended
// or another has the company, and after stop.
Result<void> IngestCompany(const WorkTools& tools, const IngestTask& task, RunLog& log,
                           std::stop_token stop);

// Marks what is listed and has no content, counts everything ready, and ends the company's part.
Result<void> MockCompany(const WorkTools& tools, const IngestTask& task);

}  // namespace rolecall
