// What differs between what two runs left.
#pragma once

#include "api/handler.h"

namespace rolecall {

// {"earlier", "later", "new", "back", "changed", "gone": how many of each, "jobs", "next_offset"}:
// from the earlier to the later one, whichever stands first in the path. Each job is as GET
// /api/jobs has it, with its "change"; by company, then change, then title. Parameters:
//   limit    1 to 500; 100
//   offset   next_offset of the page before, null there at the end
// 404 where the user does not have both, 409 where one is active, or of before this was kept.
Result<Reply> GetRunComparison(const ApiParts& parts, const Call& call);

}  // namespace rolecall
