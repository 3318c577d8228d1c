// What is told of the evidence against a job that a reading does not show.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "domain/board_plan.h"
#include "domain/known_board.h"
#include "domain/listing.h"

namespace rolecall {

// One reading of a board as evidence, or, where its listing is only confirmed, the last whole one
// that is known. All that it is made of outlives it.
struct ToldReading {
  std::int64_t id = 0;  // 0: it is not in the ledger; since when is told by the clock then, too
  Timestamp now;
  const KnownBoard& known;
  const Listing& listing;
  Control control = Control::kNotAsked;
  const std::map<std::string, std::string>& details;  // external id → "HTTP 404"
};

// Why a job of its plan that the reading did not show is missing, withheld or expired by it.
std::string TellAbsence(const ToldReading& reading, const PlannedJob& job);

// What would have to come for a job that is missing or withheld by it to leave.
std::string TellAwaited(const ToldReading& reading, const PlannedJob& job,
                        const ExpiryPolicy& policy);

}  // namespace rolecall
