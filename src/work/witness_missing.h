// Asks the own addresses of jobs that a complete listing no longer shows.
#pragma once

#include <map>
#include <stop_token>
#include <string>
#include <vector>

#include "boards/board.h"
#include "domain/testimony.h"
#include "work/tools.h"

namespace rolecall {

struct Witnesses {
  Testimony testimony;
  std::map<std::string, std::string> details;  // external id → "HTTP 404"
  std::string control_trouble;  // why no "gone" of this reading counts; "" where it does
};

// The plan for which witnesses are asked.
struct WitnessOrder {
  const BoardAddress& board;
  const KnownBoard& known;
  const Listing& listing;
  const ExpiryPolicy& policy;
  Timestamp now;
};

// Asks about the Absentees of the listing and, where one of them is gone, about the controls. The
// one error is kCancelled.
Result<Witnesses> WitnessMissing(const WorkTools& tools, const WitnessOrder& order,
                                 std::stop_token stop);

}  // namespace rolecall
