// Which companies there are, which of them the user follows and by which titles, and what a run
// would do.
#pragma once

#include "api/handler.h"

namespace rolecall {

// [{"name", "display_name", "logo_url", "board", "careers_url"}]: built in, and the user's own.
Result<Reply> GetCompanies(const ApiParts& parts, const Call& call);

// [{"id", "company_name", "title_filters": {"include", "exclude"}, "is_enabled", "updated_at"}].
Result<Reply> GetSettings(const ApiParts& parts, const Call& call);

// [{"op": "upsert" or "delete", "company_name", "title_filters", "is_enabled"}], at most 1,000,
// carried out in order, all or none: [{"op", "success", "company_name", "id", "updated_at"}]. An
// upsert follows what the user does not follow yet, and leaves what it does not name as it is.
// Terms are taken as they are written: what would be lost by them, a dry run says. 422 names each
// place that cannot be.
Result<Reply> PostSettings(const ApiParts& parts, const Call& call);

// What a run would do now with each enabled company; 400 where there is none. Reads boards; with
// ?kept=true shows what a dry run of the last 15 minutes read, where nothing newer was read. 429
// while another of this user is under way, or two are in all; 503 when the server ends.
Result<Reply> PostDryRun(const ApiParts& parts, const Call& call);

}  // namespace rolecall
