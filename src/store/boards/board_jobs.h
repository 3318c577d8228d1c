// The tables board_jobs, job_contents and job_events: how a plan is written.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "db/db.h"
#include "domain/reconcile.h"
#include "store/boards/boards.h"
#include "store/boards/former_texts.h"

namespace rolecall {

// What a plan needs, beside itself, to be written.
struct PlanToWrite {
  const BoardRow& board;
  const KnownBoard& known;
  const Listing& listing;
  std::int64_t reading_id = 0;
  std::int64_t board_version = 0;  // as that reading moved it on
  Timestamp now;
  bool content_by_request = false;
  Control control = Control::kNotAsked;
  std::map<std::string, std::string> witness_details;  // external id → "HTTP 404"
  // The text of the inline content of a listed job; asked for once each.
  std::function<ContentText(const ListedJob&)> text_of;
};

// Writes what the plan changes, and nothing else; gives each new job its id in the plan.
Result<void> WriteBoardPlan(Transaction& tx, const PlanToWrite& write, BoardPlan& plan);

}  // namespace rolecall
