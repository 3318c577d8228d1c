// Which companies a user follows, and by which titles.
#pragma once

#include "api/handler.h"

namespace rolecall {

// [{"id", "company_name", "title_filters": {"include", "exclude"}, "is_enabled", "updated_at"}].
Result<Reply> GetSettings(const ApiParts& parts, const Call& call);

// [{"op": "upsert" or "delete", "company_name", "title_filters", "is_enabled"}], at most 1,000,
// carried out in order, all or none: [{"op", "success", "company_name", "id", "updated_at"}]. An
// upsert follows what the user does not follow yet, and leaves what it does not name as it is.
// Terms are taken as they are written: what would be lost by them, a dry run says. 422 names each
// place that cannot be: first those of a wrong form, else those of companies that are not there,
// else those of filters.
Result<Reply> PostSettings(const ApiParts& parts, const Call& call);

}  // namespace rolecall
