// Makes a board's plan of what is known and what one listing shows. Pure.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "domain/board_plan.h"
#include "domain/known_board.h"
#include "domain/listing.h"

namespace rolecall {

// External ids of the known jobs that a complete listing does not show, in the order in which their
// own addresses are to be asked: newly absent ones first, then the others in an order that turns
// from reading to reading. Empty for a listing that is not complete, for an empty one that is not
// believed yet, and where the policy has no second witness. At most `policy.max_checks`.
std::vector<std::string> Absentees(const KnownBoard& known, const Listing& listing,
                                   const ExpiryPolicy& policy, Timestamp now);

// `witnesses`: what the own addresses of the Absentees said.
BoardPlan Reconcile(const KnownBoard& known, const Listing& listing,
                    const std::map<std::string, Witness>& witnesses, const ExpiryPolicy& policy,
                    Timestamp now);

}  // namespace rolecall
