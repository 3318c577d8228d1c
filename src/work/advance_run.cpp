// Moves a run on. Each step is a compare-and-set with its lines in one transaction, so that of
// several workers one makes it.
#include "work/advance_run.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "store/runs/run_fates.h"
#include "store/runs/runs.h"
#include "store/users/user_jobs.h"
#include "work/commit_and_show.h"
#include "work/finalise_run.h"

namespace rolecall {

Result<bool> BeginRun(const WorkTools& tools, const OpenRun& run, RunLog& log) {
  JointLines lines = log.Joint();
  TRY(auto tx, tools.database.Write());
  const Timestamp now = tools.clock();
  TRY(const auto departed, ExpireDeparted(tx, {run.user_id, run.id}, now));
  TRY(const bool moved,
      MoveRun(tx, run.id, {.from = RunStatus::kPending, .to = RunStatus::kInitializing}, now));
  if (!moved) return false;
  lines.Info("", fmt::format("RUN {}", Name(RunStatus::kInitializing)));
  for (const Departed& one : departed) {
    CHECK_OK(AddRemovedCompany(tx, run.id, one, now));
    std::vector<FateOfJob> fates;
    for (const std::int64_t job : one.expired) fates.push_back({job, UserFate::kExpired});
    CHECK_OK(KeepFates(tx, {run.id, one.company}, fates));
    lines.Info(one.company,
               fmt::format("EXPIRED {} of {}: company_removed",
                           Counted(std::ssize(one.expired), "job", "jobs"), one.company));
  }
  CHECK_OK(CommitAndShow(tools, tx, lines, log));
  return true;
}

Result<bool> BeginIngesting(const WorkTools& tools, const OpenRun& run, RunLog& log) {
  JointLines lines = log.Joint();
  TRY(auto tx, tools.database.Write());
  TRY(const bool moved,
      MoveRun(tx, run.id, {.from = RunStatus::kInitializing, .to = RunStatus::kIngesting},
              tools.clock()));
  if (!moved) return false;
  lines.Info("", fmt::format("RUN {}", Name(RunStatus::kIngesting)));
  if (run.ingestion == Ingestion::kMock)
    lines.Info("", fmt::format("MOCK: waiting {:.1f} s",
                               static_cast<double>(tools.settings.mock_wait.count()) / 1000));
  CHECK_OK(CommitAndShow(tools, tx, lines, log));
  return true;
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
  const RunEnd end =
      failed ? RunEnd{RunStatus::kError, "every company failed"} : RunEnd{RunStatus::kFinished};
  return FinaliseRun(tools, {.user_id = run.user_id, .id = run.id}, end, log);
}

}  // namespace rolecall
