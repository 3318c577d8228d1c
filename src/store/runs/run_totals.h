// The totals of a run in ingestion_runs: the sums over its companies, kept in the transaction that
// changes one.
#pragma once

#include <cstdint>

#include "base/error.h"
#include "db/db.h"
#include "domain/run_state.h"

namespace rolecall {

// The run's row is taken before the rows of its companies, everywhere: sums are then taken over
// what is committed, and nobody waits in a circle.
Result<void> HoldRun(Transaction& tx, std::int64_t run_id);

// Sums all of its companies up anew.
Result<void> SumTotals(Transaction& tx, std::int64_t run_id);

// Adds what was not in them before: to sum up anew would cost each company as much as there are.
Result<void> AddToTotals(Transaction& tx, std::int64_t run_id, const CompanyCounts& more);

}  // namespace rolecall
