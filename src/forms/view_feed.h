// The feed of a view, as Atom 1.0 (RFC 4287).
#pragma once

#include <string>
#include <vector>

#include "store/users/arrivals.h"
#include "store/users/views.h"

namespace rolecall {

// An entry for each arrival, in their order, known by the job and the run in which it came: a job
// that comes back is another one. The feed is as old as the latest of them, and as what the view
// looks for where there are none. It names no address of its own, which would hold the key.
std::string ViewFeed(const View& view, const std::vector<Arrival>& arrivals);

}  // namespace rolecall
