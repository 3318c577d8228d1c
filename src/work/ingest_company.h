// Gives the jobs of a company their contents: asked for one by one, or marked in mock ingestion.
#pragma once

#include <stop_token>

#include "work/project_company.h"

namespace rolecall {

// Asks until nothing is left to ask for, in commits of at most 100 jobs, then ends the company's
// part of the run. kCancelled where the run ended or stop was asked.
Result<void> IngestCompany(const WorkTools& tools, const CompanyTask& task,
                           const CompanyOfRun& company, RunLog& log, std::stop_token stop);

// Marks what is listed and has no content, counts everything ready, and ends the company's part.
Result<void> MockCompany(const WorkTools& tools, const CompanyTask& task,
                         const CompanyOfRun& company);

}  // namespace rolecall
