// What a run would do.
#pragma once

#include "api/handler.h"

namespace rolecall {

// What a run would do now with each enabled company; 400 where there is none. Reads boards; with
// ?kept=true shows what a dry run of the last 15 minutes read, where nothing newer was read. 429
// while another of this user is under way, or two are in all; 503 when the server ends.
//
// {"company", "title_filters"}: with that company alone, which the user follows or may follow by
// name, under filters that are not saved (else those that are). 422 as PostSettings. With both, no
// board is asked: where nothing is kept, the jobs that are known to be open are taken.
Result<Reply> PostDryRun(const ApiParts& parts, const Call& call);

// Whether a dry run has both, and so waits for no vendor. Quick.
bool AsksNoBoard(const Request& request);

}  // namespace rolecall
