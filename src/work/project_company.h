// Lays the reconciled board over one user's company: rows, counts and stage in one transaction.
#pragma once

#include <cstdint>
#include <stop_token>
#include <string>

#include "store/runs/runs.h"
#include "store/users/companies.h"
#include "work/reconcile_board.h"
#include "work/tools.h"

namespace rolecall {

// One company's part of a run, and the right to write of it.
struct CompanyTask {
  Claim claim;
  std::int64_t run_id = 0;
  std::int64_t user_id = 0;
  Ingestion ingestion = Ingestion::kCrawl;
  Following following;
};

// What a reading of a board came to.
struct BoardOutcome {
  BoardToRead board;
  TimedReading read;
  ReconciledBoard reconciled;
  std::string standing;  // what is to be said of a reading that was not made again; else ""
};

// Ends the company's reading: its stage is kIngesting where contents are to be asked for (or
// marked), else final, and nobody holds it then. What the log says of it is stored with it.
// kCancelled where the run ended meanwhile or another has the company, kConflict where the board
// was read again in between and nothing was written of this; kInvalidInput where the filter takes
// longer than a lane may give it.
Result<CompanyOfRun> ProjectCompany(const WorkTools& tools, const CompanyTask& task,
                                    BoardOutcome& outcome, RunLog& log, std::stop_token stop);

}  // namespace rolecall
