// Fills a page of jobs by the user's roll in memory: what it counts was counted before, and no row
// is read but those that may stand on the page.
#pragma once

#include "store/users/finding.h"

namespace rolecall {

// Whether the roll, with the hits of an index where words are sought, tells all that the search
// asks for: not what stands in texts or marks, and neither the order of titles nor that of boards'
// dates.
bool CanOfferByRoll(const Finding& finding);

// Of all but its jobs, which are offered to the page.
Result<JobsFound> OfferByRoll(Finding& finding);

}  // namespace rolecall
