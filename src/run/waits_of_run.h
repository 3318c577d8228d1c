// Which companies of a run wait for their vendors, as all workers on the database know it.
#pragma once

#include <optional>

#include "base/clock.h"
#include "base/error.h"
#include "boards/board_registry.h"
#include "db/db.h"
#include "store/runs/runs.h"

namespace rolecall {

// Notes in each company of the run until when it waits at `now`, the database's time, and why. Asks
// the database once where nobody waits, and not at all where the run has ended.
Result<void> NoteWaits(Connection& db, const BoardRegistry& registry, RunRecord& run,
                       Timestamp now);

// When the first of the waits that are noted is over.
std::optional<Timestamp> FirstWaitOver(const RunRecord& run);

}  // namespace rolecall
