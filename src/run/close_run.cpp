// Compare-and-set first, so that of two who end a run one writes nothing.
#include "run/close_run.h"

#include <fmt/format.h>

#include "store/contents.h"
#include "store/run_lines.h"

namespace rolecall {
namespace {

constexpr int kAttempts = 3;

// Nothing where the run moved between the look and the deed.
Result<std::optional<AbortOutcome>> TryToAbort(Database& database, std::int64_t user_id,
                                               std::int64_t run_id, Timestamp now) {
  TRY(auto tx, database.Write());
  TRY(const RunRecord run, LoadRun(tx.db(), user_id, run_id));
  if (IsFinal(run.status)) return AbortOutcome::kEndedAlready;
  TRY(const bool closed,
      CloseRun(tx, run_id, user_id, run.status, RunStatus::kAborted, "aborted", now));
  if (!closed) return std::nullopt;
  std::vector<RunLine> last{{.at_ms = now.time_since_epoch().count(),
                             .level = "info",
                             .company = {},
                             .message = EndingLine(run, RunStatus::kAborted, "aborted")}};
  CHECK_OK(AppendLines(tx, run_id, last));
  CHECK_OK(tx.Commit());
  return AbortOutcome::kAborted;
}

}  // namespace

Result<bool> CloseRun(Transaction& tx, std::int64_t run_id, std::int64_t user_id, RunStatus from,
                      RunStatus to, std::string_view why, Timestamp now) {
  TRY(const bool moved, MoveRun(tx, run_id, from, to, why, now));
  if (!moved) return false;
  CHECK_OK(CloseUnfinished(tx, run_id, user_id, why.empty() ? "not begun" : why, now));
  CHECK_OK(DropWanted(tx, run_id));
  return true;
}

std::string EndingLine(const RunRecord& run, RunStatus to, std::string_view why) {
  const CompanyCounts& c = run.totals;
  return fmt::format(
      "RUN {}: {} jobs ({} new, {} changed, {} unchanged, {} reopened), {} expired, {} missing, {} "
      "withheld{}{}",
      Name(to), c.included, c.new_jobs, c.changed, c.unchanged, c.reopened, c.expired, c.missing,
      c.withheld, why.empty() ? "" : ": ", why);
}

Result<AbortOutcome> AbortRun(Database& database, std::int64_t user_id, std::int64_t run_id,
                              Timestamp now) {
  for (int attempt = 1; attempt <= kAttempts; ++attempt) {
    TRY(const auto outcome, TryToAbort(database, user_id, run_id, now));
    if (outcome) return *outcome;
  }
  return Fail(Errc::kConflict, fmt::format("run {} could not be aborted: it moves too fast, try "
                                           "again",
                                           run_id));
}

}  // namespace rolecall
