// The facts of jobs in the table board_jobs: what boards state of them beside their words.
#pragma once

#include <cstdint>
#include <vector>

#include "domain/listing.h"
#include "store/boards/job_events.h"

namespace rolecall {

struct StatedFacts {
  std::int64_t job_id = 0;
  const ListedJob* job = nullptr;
};

struct FactsReading {
  std::int64_t id = 0;
  Timestamp at;
};

// Writes them, and adds a line to the life of each job of which something else was stated before. A
// day that is counted back from the reading stands only where the job has none: the first is the
// nearest to the truth.
Result<void> WriteJobFacts(Transaction& tx, const std::vector<StatedFacts>& stated,
                           const FactsReading& reading, JobEventRows& events);

}  // namespace rolecall
