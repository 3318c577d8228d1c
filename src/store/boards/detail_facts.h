// What a job's own answer states of it, in columns of board_jobs of its own: a listing neither
// reads nor writes them, so that no reading wipes them, counts them as a change, or takes turns
// with them.
#pragma once

#include <cstdint>

#include "domain/job_facts.h"
#include "store/boards/job_facts.h"

namespace rolecall {

// Adds a line to the job's life where something else is shown now than an earlier answer of it
// stated; the first answer is news to nobody. A day that was stated stays until another one is, and
// an answer that states nothing at all, which may be a lesser one, takes nothing away.
Result<void> WriteDetailFacts(Transaction& tx, std::int64_t job_id, const JobFacts& facts,
                              const FactsReading& reading);

}  // namespace rolecall
