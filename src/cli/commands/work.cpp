// rolecall work: lanes for every run that somebody started, until told to stop.
#include <fmt/format.h>

#include <chrono>

#include "app/run_logs.h"
#include "app/worker.h"
#include "cli/command.h"
#include "cli/exit_code.h"
#include "cli/terminal/terminal.h"
#include "work/run_lanes.h"

namespace rolecall {
namespace {

struct WorkOptions {
  int lanes = 0;  // 0: as the settings say
};

// A hundred years.
constexpr std::chrono::hours kForever{24 * 365 * 100};

void Complain(std::string_view trouble) { PrintError(std::string(trouble)); }

Result<int> Work(const Invocation& invocation, const WorkOptions& options,
                 const std::stop_token& stop) {
  CHECK_OK(CheckGateway(invocation.config.fetch));
  TRY(auto store, OpenFor(invocation));
  TRY(const auto worker, Worker::Make(invocation.config, *store.database));
  const auto print = [prefix = LinePrefix(invocation.config)](std::int64_t run_id,
                                                              const RunLine& line) {
    PrintRunLine(prefix, run_id, line);
  };
  RunLogs logs(*store.database, *worker, print, Complain);
  WorkTools tools = worker->Tools({});
  if (options.lanes > 0) tools.settings.lanes = options.lanes;
  tools.settings.store_patience = kForever;
  RunLanes lanes(tools, {.run_id = 0,
                         .log_of = [&](std::int64_t run_id) { return logs.Of(run_id); },
                         .complain = Complain});
  PrintError(fmt::format("{} lanes wait for runs", tools.settings.lanes));
  CHECK_OK(lanes.Work(stop));
  return kExitDone;
}

}  // namespace

void AddWork(CommandLine& line) {
  const auto [command, options] = AddCommand<WorkOptions>(
      line, line.app, "work", "Works on every run that is started, until it is told to stop",
      "rolecall work --lanes 8", Work);
  command->add_option("--lanes", options->lanes, "companies at a time")->check(CLI::Range(1, 64));
}

}  // namespace rolecall
