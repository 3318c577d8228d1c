// How long titles are compared with one user's filter before others go on.
#pragma once

#include <chrono>
#include <stop_token>

#include "domain/title_filter.h"

namespace rolecall {

// For the thread that makes it alone: kCancelled after stop, kInvalidInput once that thread
// computed for `most` since, whatever else the machine does.
CheckEffort WithinEffort(std::chrono::milliseconds most, std::stop_token stop);

}  // namespace rolecall
