// Compare-and-set first, so that of two who end a run one writes nothing.
#include "run/close_run.h"

#include <fmt/format.h>

#include "store/contents.h"
#include "store/run_lines.h"

namespace rolecall {
namespace {

constexpr int kAttempts = 3;

std::string EndingLine(const RunRecord& run, RunStatus to, std::string_view why) {
  const CompanyCounts& c = run.totals;
  return fmt::format(
      "RUN {}: {} jobs ({} new, {} changed, {} unchanged, {} reopened), {} expired, {} missing, {} "
      "withheld{}{}",
      Name(to), c.included, c.new_jobs, c.changed, c.unchanged, c.reopened, c.expired, c.missing,
      c.withheld, why.empty() ? "" : ": ", why);
}

// Nothing where the run moved between the look and the deed.
Result<std::optional<EndedRun>> TryToEnd(Database& database, std::int64_t user_id,
                                         std::int64_t run_id, RunStatus to, std::string_view why,
                                         Timestamp now) {
  TRY(auto tx, database.Write());
  TRY(const RunRecord seen, LoadRun(tx.db(), user_id, run_id));
  if (IsFinal(seen.status)) return EndedRun{.status = seen.status, .line = {}};
  TRY(const bool moved, MoveRun(tx, run_id, seen.status, to, why, now));
  if (!moved) return std::nullopt;
  CHECK_OK(CloseUnfinished(tx, run_id, user_id, why.empty() ? "not begun" : why, now));
  CHECK_OK(DropWanted(tx, run_id));
  // Whoever committed before the run's row was taken is in these numbers.
  TRY(const RunRecord run, LoadRun(tx.db(), user_id, run_id));
  std::vector<RunLine> last{{.at_ms = now.time_since_epoch().count(),
                             .level = "info",
                             .company = {},
                             .message = EndingLine(run, to, why)}};
  CHECK_OK(AppendLines(tx, run_id, last));
  CHECK_OK(CloseLog(tx, run_id));
  CHECK_OK(tx.Commit());
  return EndedRun{.status = to, .line = std::move(last.front())};
}

}  // namespace

Result<EndedRun> EndRun(Database& database, std::int64_t user_id, std::int64_t run_id, RunStatus to,
                        std::string_view why, Timestamp now) {
  for (int attempt = 1; attempt <= kAttempts; ++attempt) {
    TRY(auto ended, TryToEnd(database, user_id, run_id, to, why, now));
    if (ended) return *std::move(ended);
  }
  return Fail(Errc::kConflict, fmt::format("run {} could not be moved to {}", run_id, Name(to)));
}

Result<AbortOutcome> AbortRun(Database& database, std::int64_t user_id, std::int64_t run_id,
                              Timestamp now) {
  TRY(const auto ended, EndRun(database, user_id, run_id, RunStatus::kAborted, "aborted", now));
  return ended.line ? AbortOutcome::kAborted : AbortOutcome::kEndedAlready;
}

}  // namespace rolecall
