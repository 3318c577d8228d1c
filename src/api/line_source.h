// Where the lines of runs are read: the database's own table, or a copy of what a cloud's log
// holds.
#pragma once

#include <cstdint>

#include "base/error.h"
#include "db/db.h"
#include "domain/run_state.h"
#include "store/runs/runs.h"

namespace rolecall {

// Safe to use from several threads.
class LineSource {
 public:
  virtual ~LineSource() = default;

  // A connection to tables run_lines and run_log_heads that hold the lines of the run as far as
  // they are known by now, without a gap. The run is the user's. Not to be asked while a connection
  // to the database is held.
  virtual Result<ConnectionHandle> Lines(const RunOfUser& run) = 0;

  // Whether a final status may be told: every line of the run that ended is readable there.
  virtual Result<bool> IsWhole(const RunOfUser& run) = 0;
};

// Tells a run that ended as it stood before, while its last lines are not readable yet. To be
// called as LineSource::Lines.
Result<void> HoldBackEnd(LineSource& lines, RunRecord& run);

class TableOfLines : public LineSource {
 public:
  explicit TableOfLines(Database& database) : database_(database) {}
  Result<ConnectionHandle> Lines(const RunOfUser&) override { return database_.Reader(); }
  // No line follows a final status.
  Result<bool> IsWhole(const RunOfUser&) override { return true; }

 private:
  Database& database_;
};

}  // namespace rolecall
