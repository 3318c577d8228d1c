// Each step is a compare-and-set with its lines in one transaction, so that of several workers one
// makes it.
#include "work/advance_run.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "store/runs/runs.h"
#include "store/users/user_jobs.h"
#include "work/finalise_run.h"

namespace rolecall {
namespace {

// Stores the lines, commits, shows.
Result<bool> ConcludeStage(const WorkTools& tools, Transaction& tx, std::int64_t run_id,
                           JointLines& lines, RunLog& log) {
  CHECK_OK(lines.Store(tx, run_id));
  CHECK_OK(tx.Commit());
  log.Show(lines);
  if (tools.progress) tools.progress();
  return true;
}

}  // namespace

Result<bool> BeginRun(const WorkTools& tools, const OpenRun& run, RunLog& log) {
  JointLines lines = log.Joint();
  TRY(auto tx, tools.database.Write());
  const Timestamp now = tools.clock();
  TRY(const auto departed, ExpireDeparted(tx, run.user_id, now));
  TRY(const bool moved,
      MoveRun(tx, run.id, RunStatus::kPending, RunStatus::kInitializing, "", now));
  if (!moved) return false;
  lines.Info("", fmt::format("RUN {}", Name(RunStatus::kInitializing)));
  for (const Departed& one : departed) {
    CHECK_OK(AddRemovedCompany(tx, run.id, one.company, one.board_id, one.expired, now));
    lines.Info(one.company, fmt::format("EXPIRED {} of {}: company_removed",
                                        Counted(one.expired, "job", "jobs"), one.company));
  }
  return ConcludeStage(tools, tx, run.id, lines, log);
}

Result<bool> BeginIngesting(const WorkTools& tools, const OpenRun& run, RunLog& log) {
  JointLines lines = log.Joint();
  TRY(auto tx, tools.database.Write());
  TRY(const bool moved,
      MoveRun(tx, run.id, RunStatus::kInitializing, RunStatus::kIngesting, "", tools.clock()));
  if (!moved) return false;
  lines.Info("", fmt::format("RUN {}", Name(RunStatus::kIngesting)));
  if (run.ingestion == Ingestion::kMock)
    lines.Info("", fmt::format("MOCK: waiting {:.1f} s",
                               static_cast<double>(tools.settings.mock_wait.count()) / 1000));
  return ConcludeStage(tools, tx, run.id, lines, log);
}

Result<RunStatus> FinishRun(const WorkTools& tools, const OpenRun& run, RunLog& log) {
  RunRecord all;
  {
    TRY(auto db, tools.database.Reader());
    TRY(all, LoadRun(*db, run.user_id, run.id));
  }
  const auto begun = std::ranges::count_if(all.companies, [](const CompanyOfRun& one) {
    return one.stage != Stage::kWaiting && one.stage != Stage::kRemoved;
  });
  const bool failed =
      begun > 0 && std::ranges::count(all.companies, Stage::kError, &CompanyOfRun::stage) == begun;
  return FinaliseRun(tools, run.user_id, run.id, failed ? RunStatus::kError : RunStatus::kFinished,
                     failed ? "every company failed" : "", log);
}

}  // namespace rolecall
