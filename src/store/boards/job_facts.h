// The facts of jobs in the table board_jobs: what boards state of them beside their words.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "domain/listing.h"
#include "store/boards/job_events.h"

namespace rolecall {

// As a person is shown them: the listing's own, and where it states none of that, those of the
// job's own answer (store/boards/detail_facts.h).
struct ShownFacts {
  std::optional<Timestamp> posted_at;
  std::string workplace, department, salary;

  bool operator==(const ShownFacts&) const = default;
};

// What a job's life says of it; empty where the same is shown.
std::string FactChanges(const ShownFacts& before, const ShownFacts& now);

// Those of the listing, and of the rest the others.
ShownFacts ShownOf(ShownFacts listed, const ShownFacts& detail);

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
