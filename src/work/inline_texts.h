// The texts of contents that came with a listing, made before anything of the database is held.
#pragma once

#include <map>
#include <stop_token>

#include "boards/board.h"
#include "domain/reconcile.h"

namespace rolecall {

// By the listing's own entries, which must outlive it, in their order.
using InlineTexts = std::map<const ListedJob*, JobContent>;

// Of every job whose content the plan writes; on several threads where there are many. kCancelled
// after stop.
Result<InlineTexts> TextsOf(const BoardDefinition& definition, const Listing& listing,
                            const BoardPlan& plan, const std::stop_token& stop);

}  // namespace rolecall
