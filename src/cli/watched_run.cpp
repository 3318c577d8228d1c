// The log and the bars on stderr, the run itself on stdout.
#include "cli/watched_run.h"

#include <fmt/format.h>

#include "api/run_json.h"
#include "app/wire.h"
#include "cli/exit_code.h"
#include "cli/run_display.h"
#include "cli/run_summary.h"
#include "run/run_log.h"
#include "work/work_run.h"

namespace rolecall {
namespace {

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

// Carries the run out under the eyes of a person.
Result<RunStatus> Watch(const Config& config, OpenedStore& store, Fetcher& fetcher,
                        std::int64_t run_id, std::stop_token stop) {
  RunDisplay display(*store.database, config, store.user.id, run_id);
  RunLog log(
      *store.database, SystemNow, run_id, [&](const RunLine& line) { display.Show(line); },
      [&](std::string_view trouble) { display.Complain(trouble); });
  const WorkTools tools =
      ToolsFor(config, *store.database, fetcher, [&display] { display.Wake(); });
  auto status = WorkRun(tools, store.user.id, run_id, log, stop);
  log.Flush();
  display.End();
  return status;
}

}  // namespace

Result<int> RunAndWatch(const Config& config, OpenedStore& store, RunOrder order, RunOutput output,
                        std::stop_token stop) {
  TRY(const auto fetcher, MakeFetcher(config));
  order.user_id = store.user.id;
  order.trigger = "cli";
  const auto started = StartRun(*store.database, order, SystemNow());
  if (!started && started.error().code == Errc::kConflict) {
    PrintError(started.error().message + ": wait for its end, or look at `rolecall runs`");
    return kExitRunActive;
  }
  TRY(const std::int64_t run_id, started);
  const auto status = Watch(config, store, *fetcher, run_id, stop);
  if (!status) return std::unexpected(status.error());

  TRY(auto db, store.database->Reader());
  TRY(const RunRecord run, LoadRun(*db, store.user.id, run_id));
  const bool color = config.color && IsTerminal(Stream::kOut);
  switch (output) {
    case RunOutput::kJson:
      Print(boost::json::serialize(RunJson(run)) + "\n");
      break;
    case RunOutput::kSummary:
      Print(RunSummary(run, WidthOf(Stream::kOut), Paint(color)));
      break;
  }
  return CodeOf(run);
}

}  // namespace rolecall
