// Ends a run. The run's row is taken first, so that of two who end a run one writes nothing.
#include "run/close_run.h"

#include <fmt/format.h>

#include "base/text.h"
#include "store/boards/contents.h"
#include "store/runs/refusals.h"
#include "store/runs/run_jobs.h"
#include "store/runs/run_lines.h"
#include "store/runs/told_companies.h"

namespace rolecall {
namespace {

std::string EndingLine(const RunRecord& run, const RunEnd& end) {
  const CompanyCounts& c = run.totals;
  return fmt::format(
      "RUN {}: {} ({} new, {} changed, {} unchanged, {} reopened), {} expired, {} missing, {} "
      "withheld{}{}",
      Name(end.status), Counted(c.included, "job", "jobs"), c.new_jobs, c.changed, c.unchanged,
      c.reopened, c.expired, c.missing, c.withheld, end.why.empty() ? "" : ": ", end.why);
}

// The numbers of a run, and its jobs as they were then.
struct Seen {
  RunStatus status = RunStatus::kPending;
  CompanyCounts totals;
  std::vector<JobOfRun> jobs;  // none where the run has ended
};

// The numbers first: whoever finds them the same later knows that no lane changed a job since.
Result<Seen> LookAtRun(Database& database, std::int64_t user_id, std::int64_t run_id) {
  TRY(auto db, database.Reader());
  TRY(const RunRecord run, LoadRun(*db, user_id, run_id));
  Seen seen{.status = run.status, .totals = run.totals, .jobs = {}};
  if (IsFinal(run.status)) return seen;
  TRY(seen.jobs, FindJobsOfRun(*db, run_id, ChooseToldCompanies(run.companies)));
  return seen;
}

}  // namespace

Result<EndedRun> EndRun(Database& database, const RunOfUser& ended, const RunEnd& end,
                        Timestamp now) {
  const auto& [user_id, run_id] = ended;
  // Of a user with many jobs this takes a while, in which nobody is to wait.
  TRY(Seen seen, LookAtRun(database, user_id, run_id));
  if (IsFinal(seen.status)) return EndedRun{.status = seen.status, .line = {}};
  TRY(auto tx, database.Write());
  // Takes the run's row: no lane of it commits after this, and nobody else ends it.
  TRY(const bool active, BeatHeart(tx, run_id, now));
  TRY(const RunRecord held, LoadRun(tx.db(), user_id, run_id));
  if (!active) return EndedRun{.status = held.status, .line = {}};
  // Lanes committed meanwhile, as they may where a run is aborted; who waits now is of this run.
  if (held.totals != seen.totals) {
    TRY(seen.jobs, FindJobsOfRun(tx.db(), run_id, ChooseToldCompanies(held.companies)));
  }
  CHECK_OK(KeepJobsOfRun(tx, run_id, seen.jobs));
  TRY(const bool moved,
      MoveRun(tx, run_id, {.from = held.status, .to = end.status, .error_message = end.why}, now));
  if (!moved)
    return Fail(Errc::kConflict,
                fmt::format("run {} could not be moved to {}", run_id, Name(end.status)));
  CHECK_OK(CloseUnfinished(tx, ended, end.why.empty() ? "not begun" : end.why, now));
  CHECK_OK(DropWanted(tx, run_id));
  CHECK_OK(DropRefusals(tx, run_id));
  TRY(const RunRecord run, LoadRun(tx.db(), user_id, run_id));
  std::vector<RunLine> last{{.at_ms = now.time_since_epoch().count(),
                             .level = "info",
                             .company = {},
                             .message = EndingLine(run, end)}};
  CHECK_OK(AppendLines(tx, run_id, last));
  CHECK_OK(CloseLog(tx, run_id));
  CHECK_OK(tx.Commit());
  return EndedRun{.status = end.status, .line = std::move(last.front())};
}

Result<EndedRun> AbortRun(Database& database, const RunOfUser& run, Timestamp now) {
  return EndRun(database, run, {RunStatus::kAborted, "aborted"}, now);
}

std::string AbortSentence(std::int64_t run_id, const EndedRun& ended) {
  if (ended.line) return fmt::format("Run {} aborted", run_id);
  return fmt::format("Run {} is already {}", run_id,
                     ended.status == RunStatus::kError ? "failed" : Name(ended.status));
}

}  // namespace rolecall
