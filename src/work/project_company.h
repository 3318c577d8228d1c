// Lays the reconciled board over one user's company: rows, counts and stage in one transaction.
#pragma once

#include <cstdint>
#include <string>

#include "store/companies.h"
#include "store/runs.h"
#include "work/reconcile_board.h"
#include "work/tools.h"

namespace rolecall {

// One company's part of a run.
struct CompanyTask {
  std::int64_t run_id = 0;
  std::int64_t user_id = 0;
  Ingestion ingestion = Ingestion::kCrawl;
  Following following;
};

// Ends the company's reading: its stage is kIngesting where contents are to be asked for (or
// marked), else final. kCancelled where the run ended meanwhile, kConflict where the board was read
// again in between and nothing was written of this.
Result<CompanyOfRun> ProjectCompany(const WorkTools& tools, const CompanyTask& task,
                                    const BoardAddress& address, const BoardRow& board,
                                    const BoardRead& read, ReconciledBoard& reconciled);

}  // namespace rolecall
