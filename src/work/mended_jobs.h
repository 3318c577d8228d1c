// Tells which jobs of a listing hold characters that could not be read, where that is news.
#pragma once

#include <string>

#include "domain/board_plan.h"
#include "domain/listing.h"

namespace rolecall {

// Of a listing whose bytes were mended: how many of the jobs that it adds, changes or reopens, or
// whose content it changes, show U+FFFD there, and the first of them; "" where none does. What was
// told of a job once is not told again while it stays as it is.
std::string TellMendedJobs(const Listing& listing, const BoardPlan& plan);

}  // namespace rolecall
