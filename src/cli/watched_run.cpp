// Starts a run, or takes one up, and shows it to its end. The log and the bars on stderr, the run
// itself on stdout.
#include "cli/watched_run.h"

#include <fmt/format.h>

#include "app/worker.h"
#include "cli/exit_code.h"
#include "cli/terminal/log_follower.h"
#include "cli/terminal/run_display.h"
#include "cli/terminal/run_summary.h"
#include "forms/run_json.h"
#include "run/run_log.h"
#include "work/work_run.h"

namespace rolecall {
namespace {

// A run that is taken up is as good as a new one where it began within this time.
constexpr std::chrono::hours kServesFor{1};

int CodeOf(const RunRecord& run) {
  switch (run.status) {
    case RunStatus::kFinished:
      return run.warnings.empty() && run.totals.withheld == 0 ? kExitDone : kExitWarnings;
    case RunStatus::kAborted:
      return kExitInterrupted;
    case RunStatus::kError:
    case RunStatus::kPending:
    case RunStatus::kInitializing:
    case RunStatus::kIngesting:
      return kExitFailed;
  }
  return kExitFailed;
}

Result<std::int64_t> LastLineOf(Database& database, std::int64_t run_id) {
  TRY(auto db, database.Reader());
  return LoadLastSeq(*db, run_id);
}

// What a run is carried out and shown with.
struct Watching {
  const Config& config;
  OpenedStore& store;
  Worker& worker;
  std::stop_token stop;
};

// Carries the run out under the eyes of a person.
Result<RunStatus> WatchRun(const Watching& by, std::int64_t run_id) {
  OpenedStore& store = by.store;
  TRY(const std::int64_t last, LastLineOf(*store.database, run_id));
  RunDisplay display(*store.database, by.config, store.user.id, run_id);
  Result<RunStatus> status = RunStatus::kPending;
  {
    LogFollower follower(*store.database, run_id, last,
                         [&](const RunLine& line) { display.Show(line); });
    RunLog log(
        *store.database, by.worker.clock(), run_id, [&](const RunLine&) { follower.Wake(); },
        [&](std::string_view trouble) { display.Complain(trouble); });
    if (const std::string trouble = by.worker.ClockTrouble(); !trouble.empty())
      log.Warn("", trouble);
    const WorkTools tools = by.worker.Tools([&display] { display.Wake(); });
    status = WorkRun(tools, {store.user.id, run_id}, log, by.stop,
                     [&](std::string_view trouble) { display.Complain(trouble); });
    log.Flush();
  }
  display.End();
  return status;
}

Result<RunRecord> LoadRunOf(const OpenedStore& store, std::int64_t run_id) {
  TRY(auto db, store.database->Reader());
  return LoadRun(*db, store.user.id, run_id);
}

// Goes on with a run that its worker left, where there is one. False where what was asked for is
// still to be done: it named something, or that run began long ago.
Result<std::optional<RunRecord>> TakeUp(const Watching& by, const RunOrder& order) {
  const OpenedStore& store = by.store;
  TRY(const auto left, FindLeftRun(*store.database, store.user.id, by.worker.Now()));
  if (!left) return std::nullopt;
  PrintError(fmt::format("run {} was left by its worker: going on with it", *left));
  TRY(const RunStatus status, WatchRun(by, *left));
  TRY(RunRecord run, LoadRunOf(store, *left));
  const bool serves = order.companies.empty() && order.retry_of == 0 && order.approved.empty() &&
                      by.worker.Now() - run.created_at < kServesFor;
  if (serves || status == RunStatus::kAborted) return run;
  return std::nullopt;
}

// Before a run is made, or taken from the one who left it, only to be aborted.
Result<void> RefuseToBegin(const std::stop_token& stop) {
  if (!stop.stop_requested()) return {};
  return Fail(Errc::kCancelled, "stopped before a run began");
}

Result<RunRecord> TakeUpOrStart(const Watching& by, const RunOrder& order) {
  CHECK_OK(RefuseToBegin(by.stop));
  TRY(auto taken_up, TakeUp(by, order));
  if (taken_up) return *std::move(taken_up);
  CHECK_OK(RefuseToBegin(by.stop));
  TRY(const std::int64_t run_id, StartRun(*by.store.database, order, by.worker.Now()));
  CHECK_OK(WatchRun(by, run_id));
  return LoadRunOf(by.store, run_id);
}

}  // namespace

Result<int> RunAndWatch(const Config& config, OpenedStore& store, RunOrder order, RunOutput output,
                        std::stop_token stop) {
  TRY(const auto worker, Worker::Make(config, *store.database));
  order.user_id = store.user.id;
  order.trigger = "cli";
  order.worker = worker->name();
  const auto carried = TakeUpOrStart({config, store, *worker, std::move(stop)}, order);
  if (!carried && carried.error().code == Errc::kConflict) {
    PrintError(carried.error().message + ": wait for its end, or look at `rolecall runs`");
    return kExitRunActive;
  }
  TRY(const RunRecord run, carried);
  switch (output) {
    case RunOutput::kJson:
      Print(boost::json::serialize(RunJson(run)) + "\n");
      break;
    case RunOutput::kSummary:
      Print(RunSummary(run, WidthOf(Stream::kOut), PaintFor(config, Stream::kOut)));
      break;
  }
  return CodeOf(run);
}

}  // namespace rolecall
