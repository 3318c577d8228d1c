// When runs were handed to workers that are elsewhere, and which of them nobody took up.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "db/db.h"

namespace rolecall {

// What a worker elsewhere is told of a run.
struct LaunchableRun {
  std::int64_t run_id = 0;
  std::int64_t user_id = 0;
  std::string run_key;
  int launches = 0;  // since a worker last took it up
};

// kNotFound where there is no such run.
Result<LaunchableRun> LoadLaunchable(Connection& db, std::int64_t run_id);

// The active runs that nobody attends to, and that gave no sign of life after `before`: neither a
// commit nor a launch. One whose launch was doubtful is among them at once.
Result<std::vector<LaunchableRun>> LoadLeftRuns(Connection& db, Timestamp before, Timestamp now);

// Compare-and-set: false where another launched it since `run` was loaded, or it has ended.
Result<bool> NoteLaunch(Transaction& tx, const LaunchableRun& run, Timestamp now);
// Nobody knows whether the launch arrived: after the first, another may follow at once.
Result<void> NoteDoubtfulLaunch(Transaction& tx, std::int64_t run_id);
// A worker works on it.
Result<void> NoteTakenUp(Transaction& tx, std::int64_t run_id);

// A worker that attends to a run, and until when it said so.
struct Attendance {
  std::string worker;
  Timestamp until;
  bool operator==(const Attendance&) const = default;
};
// Those of this run or of every run whose word has not lapsed, by name.
Result<std::vector<Attendance>> LoadAttendance(Connection& db, std::int64_t run_id, Timestamp now);

}  // namespace rolecall
