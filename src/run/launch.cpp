// Launches are counted before they are made: a process that dies in between makes one too few,
// which the next look makes up for, and never one too many.
#include "run/launch.h"

#include <fmt/format.h>

#include <optional>

#include "run/close_run.h"

namespace rolecall {
namespace {

// Why it was refused, where it was; nothing also where another was quicker, or the run has ended.
// Fails as the database does, which is no refusal: a worker may have been asked for.
Result<std::optional<Error>> LaunchOnce(Database& database, const LaunchableRun& run,
                                        const InvokeWorker& invoke, Timestamp now) {
  {
    TRY(auto tx, database.Write());
    TRY(const bool noted, NoteLaunch(tx, run, now));
    if (!noted) return std::nullopt;
    CHECK_OK(tx.Commit());
  }
  const auto launched = invoke(run);
  if (!launched) return launched.error();
  if (*launched == Launched::kDoubtful) {
    TRY(auto tx, database.Write());
    CHECK_OK(NoteDoubtfulLaunch(tx, run.run_id));
    CHECK_OK(tx.Commit());
  }
  return std::nullopt;
}

Result<void> EndAsError(Database& database, const LaunchableRun& run, const std::string& why,
                        Timestamp now) {
  CHECK_OK(EndRun(database, {.user_id = run.user_id, .id = run.run_id},
                  {.status = RunStatus::kError, .why = why}, now));
  return {};
}

}  // namespace

Result<void> LaunchRun(Database& database, const RunOfUser& run, const InvokeWorker& invoke,
                       Timestamp now) {
  LaunchableRun launchable;
  {
    TRY(auto db, database.Reader());
    TRY(launchable, LoadLaunchable(*db, run.id));
  }
  TRY(const auto refusal, LaunchOnce(database, launchable, invoke, now));
  if (!refusal) return {};
  const std::string why = fmt::format("Failed to start worker: {}", refusal->message);
  CHECK_OK(EndAsError(database, launchable, why, now));
  return Fail(Errc::kUpstream, why);
}

Result<void> LaunchLeftRuns(Database& database, const InvokeWorker& invoke, Timestamp now,
                            std::size_t most) {
  std::vector<LaunchableRun> left;
  {
    TRY(auto db, database.Reader());
    TRY(left, LoadLeftRuns(*db, now - kTakenUpWithin, now));
  }
  std::optional<Error> refused;
  if (left.size() > most) left.resize(most);
  for (const LaunchableRun& run : left) {
    if (run.launches > kMostRelaunches) {
      CHECK_OK(EndAsError(
          database, run,
          fmt::format("no worker took the run up, though {} were asked for", run.launches), now));
      continue;
    }
    TRY(auto refusal, LaunchOnce(database, run, invoke, now));
    if (refusal) refused = std::move(refusal);
  }
  if (refused) return std::unexpected(*std::move(refused));
  return {};
}

}  // namespace rolecall
