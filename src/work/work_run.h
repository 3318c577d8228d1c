// A run's life on one screen. Each step commits by itself, so that any worker goes on where another
// ended:
//
//   claim      work/run_lanes         a company whose vendor is free, under a lease
//   read       work/read_company      its board, conditionally, or a reading that stands already
//   witness    work/witness_missing   what the own addresses of absent jobs say
//   reconcile  work/reconcile_board   the board's plan, carried out for every follower
//   project    work/project_company   the user's plan: rows, numbers, and the company's stage
//   ingest     work/ingest_company    contents that need a request, in small commits
//   advance    work/advance_run       the run: begun, every board read, nothing outstanding
//   finalise   work/finalise_run      its final status, once every line of its log is readable
#pragma once

#include <functional>
#include <stop_token>
#include <string_view>

#include "domain/run_state.h"
#include "work/tools.h"

namespace rolecall {

// Carries the run out, together with whoever else works on it, until it has a final status, which
// is returned. After stop the run is aborted, with its counts so far. Fails where the database
// refuses (the run is then `error`, if that could still be written), and where it was away for too
// long: whoever comes takes the run up. What the log tells of the database in plain words only is
// told to `complain` whole, where there is one.
Result<RunStatus> WorkRun(const WorkTools& tools, const RunOfUser& run, RunLog& log,
                          std::stop_token stop,
                          std::function<void(std::string_view)> complain = {});

// The same, but that after stop the run goes on: its status, which may be final. What was begun is
// handed back, for whoever takes it up.
Result<RunStatus> WorkRunUntil(const WorkTools& tools, const RunOfUser& run, RunLog& log,
                               std::stop_token stop,
                               std::function<void(std::string_view)> complain = {});

}  // namespace rolecall
