// Makes a board's plan of what is known and what one listing shows. Pure.
#pragma once

#include "domain/board_plan.h"
#include "domain/known_board.h"
#include "domain/listing.h"
#include "domain/testimony.h"

namespace rolecall {

// `testimony`: what the own addresses of the Absentees said, and of the controls.
BoardPlan Reconcile(const KnownBoard& known, const Listing& listing, const Testimony& testimony,
                    const ExpiryPolicy& policy, Timestamp now);

}  // namespace rolecall
