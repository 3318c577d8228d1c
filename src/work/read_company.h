// A company's way through the first stage of a run: read, reconcile, project.
#pragma once

#include <stop_token>

#include "work/project_company.h"

namespace rolecall {

// Reads the company's board afresh and carries both plans out, or projects a reading that is there
// already: the run's own, whose worker came no further, or another user's of a moment ago. A board
// that cannot be read is an outcome, not an error; kCancelled after stop and where the claim was
// lost, kStorage or kUnavailable where the database fails.
Result<CompanyOfRun> ReadCompany(const WorkTools& tools, const CompanyTask& task, RunLog& log,
                                 std::stop_token stop);

}  // namespace rolecall
