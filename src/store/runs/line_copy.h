// Lines of runs in another database beside the one that they were numbered in: what reads
// run_lines and run_log_heads reads the copy alike.
#pragma once

#include <cstdint>
#include <vector>

#include "base/error.h"
#include "db/db.h"
#include "store/runs/run_lines.h"

namespace rolecall {

// Adds lines under the numbers that they have, which follow those that the copy has of the run.
Result<void> CopyLines(Transaction& tx, std::int64_t run_id, const std::vector<RunLine>& lines);

Result<void> DropCopiedLines(Transaction& tx, std::int64_t run_id);

}  // namespace rolecall
