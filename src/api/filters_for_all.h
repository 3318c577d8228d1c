// What a user filters all companies by, beside the filters of each.
#pragma once

#include "api/handler.h"

namespace rolecall {

// {"title_filters": {"include", "exclude"}, "place_filters": {"include", "exclude", "remote"},
// "updated_at"}, the last null where none were written.
Result<Reply> GetFilters(const ApiParts& parts, const Call& call);

// Takes both filters, each whole, and shows them as GetFilters with "warnings": a sentence for each
// company of which they would take so many jobs that it is hardly meant. With "dry_run": true
// nothing is written. 429 while another filter of this user is tried. 422 names what is no filter,
// and where one is not given.
Result<Reply> PutFilters(const ApiParts& parts, const Call& call);

}  // namespace rolecall
