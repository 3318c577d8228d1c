// Marks: what a user hides and applies for, until that user takes the mark back.
#pragma once

#include "api/handler.h"

namespace rolecall {

// {"job_id", "hidden_at", "applied_at"}. The mark stands over any number of runs; set again, a job
// is hidden as it says now. 404 for a job that the user does not have, and for any other mark.
Result<Reply> PutJobMark(const ApiParts& parts, const Call& call);
// 204, also where it was not set. 404 as above.
Result<Reply> DeleteJobMark(const ApiParts& parts, const Call& call);

// {"company", "hidden_at"}: all its jobs are hidden, those too that come. 404 for a company that
// the user neither follows nor has jobs of.
Result<Reply> PutCompanyHidden(const ApiParts& parts, const Call& call);
// 204, also where it was not hidden. 404 as above.
Result<Reply> DeleteCompanyHidden(const ApiParts& parts, const Call& call);

// {"companies": [{"company", "hidden_at", "open_jobs"}]}: those that are hidden, by their names.
Result<Reply> GetHiddenCompanies(const ApiParts& parts, const Call& call);

}  // namespace rolecall
