// What a preview shows of one company: the plans that a run would make of the same grounds, and the
// evidence of each job that leaves or may leave.
#pragma once

#include <stop_token>

#include "domain/known_board.h"
#include "domain/projection.h"
#include "work/preview.h"
#include "work/preview_listing.h"
#include "work/tools.h"
#include "work/witness_missing.h"

namespace rolecall {

// What both plans of a company are made of.
struct PreviewGrounds {
  PreviewListing listing;
  KnownBoard known;
  UserView view;
  ExpiryPolicy policy;
  Witnesses witnesses;  // none where nobody was asked
  Timestamp now;
};

// Asks no board. `filter`: the company's terms. kInvalidInput where they take too long, kCancelled
// after stop, kStorage or kUnavailable where the database fails.
Result<PreviewedCompany> PlanPreview(const WorkTools& tools, const Following& following,
                                     const CompanyFilter& filter, const PreviewGrounds& grounds,
                                     std::stop_token stop);

// Adds what leaves with companies that were removed or moved: of all, or of those of the order
// alone where it is only of them.
Result<void> AddDeparting(Connection& db, const PreviewOrder& order, Preview& preview);

// A company of which nothing is shown but why.
PreviewedCompany FailedPreview(const Following& following, const Error& error, Timestamp now);

// Whether an error is such a company's own; else the database's, or the end.
bool IsCompanys(const Error& error);

}  // namespace rolecall
