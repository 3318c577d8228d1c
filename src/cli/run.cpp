// rolecall run: one pass over the companies, watched to its end.
#include <fmt/format.h>

#include "api/run_json.h"
#include "app/wire.h"
#include "base/text.h"
#include "cli/command.h"
#include "cli/exit_code.h"
#include "cli/interrupts.h"
#include "cli/run_display.h"
#include "cli/run_summary.h"
#include "run/run_log.h"
#include "run/start_run.h"
#include "work/work_run.h"

namespace rolecall {
namespace {

struct RunOptions {
  std::vector<std::string> companies;
  bool json = false;
  std::string ingestion;  // empty: as the settings say
  std::string mock_wait;
  std::int64_t retry_of = 0;
};

Result<Config> WithOptions(Config config, const RunOptions& options) {
  if (!options.ingestion.empty()) {
    TRY(config.ingestion, ReadIngestion("--ingestion", options.ingestion));
  }
  if (!options.mock_wait.empty()) {
    TRY(config.mock_wait, ReadDuration("--mock-wait", options.mock_wait));
  }
  return config;
}

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

Result<int> Run(const Invocation& invocation, const RunOptions& options) {
  TRY(const Config config, WithOptions(invocation.config, options));
  const Interrupts interrupts;
  TRY(auto store, OpenFor(invocation));
  TRY(const auto fetcher, MakeFetcher(config));
  const auto started = StartRun(*store.database,
                                {.user_id = store.user.id,
                                 .trigger = "cli",
                                 .ingestion = config.ingestion,
                                 .companies = options.companies,
                                 .retry_of = options.retry_of},
                                SystemNow());
  if (!started && started.error().code == Errc::kConflict) {
    PrintError(started.error().message + ": wait for its end, or look at `rolecall runs`");
    return kExitRunActive;
  }
  TRY(const std::int64_t run_id, started);
  const auto status = Watch(config, store, *fetcher, run_id, interrupts.token());
  if (!status) return std::unexpected(status.error());

  TRY(auto db, store.database->Reader());
  TRY(const RunRecord run, LoadRun(*db, store.user.id, run_id));
  const bool color = config.color && IsTerminal(Stream::kOut);
  Print(options.json ? boost::json::serialize(RunJson(run)) + "\n"
                     : RunSummary(run, WidthOf(Stream::kOut), Paint(color)));
  return CodeOf(run);
}

}  // namespace

void AddRun(CommandLine& line) {
  const auto [command, options] =
      AddCommand<RunOptions>(line, line.app, "run", "Reads the boards and brings the jobs in step",
                             "rolecall run --company acme --json", Run);
  command->add_option("--company", options->companies, "only this company; may be given again");
  command
      ->add_option("--retry-failed", options->retry_of,
                   "only what failed or was not reconciled in this run")
      ->check(CLI::PositiveNumber);
  command->add_flag("--json", options->json, "print the run as JSON");
  command->add_option("--ingestion", options->ingestion,
                      "crawl, or mock, which asks for no contents and marks every job ready");
  command->add_option("--mock-wait", options->mock_wait,
                      "how long mock ingestion waits, such as 30 or 500ms");
}

}  // namespace rolecall
