// rolecall work: lanes for every run that somebody started, until told to stop.
#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <map>
#include <memory>

#include "app/wire.h"
#include "base/guarded.h"
#include "cli/command.h"
#include "cli/exit_code.h"
#include "cli/interrupts.h"
#include "cli/terminal.h"
#include "work/claim_loop.h"

namespace rolecall {
namespace {

struct WorkOptions {
  int lanes = 0;  // 0: as the settings say
};

// A hundred years.
constexpr std::chrono::hours kForever{24 * 365 * 100};

void Complain(std::string_view trouble) { PrintError(std::string(trouble)); }

// The logs of the runs that are worked on; one ends once nobody has it.
class Logs {
 public:
  Logs(Database& database, const Worker& worker) : database_(database), worker_(worker) {}

  std::shared_ptr<RunLog> Of(std::int64_t run_id) {
    return logs_.With([&](auto& logs) {
      std::erase_if(logs, [](const auto& one) { return one.second.expired(); });
      std::shared_ptr<RunLog> log = logs[run_id].lock();
      if (log) return log;
      log = std::make_shared<RunLog>(
          database_, worker_.clock(), run_id,
          [run_id](const RunLine& line) {
            Print(Printable(ShownLine(run_id, line.message)) + "\n");
            std::fflush(stdout);
          },
          Complain);
      logs[run_id] = log;
      if (const std::string trouble = worker_.ClockTrouble(); !trouble.empty())
        if (!std::exchange(told_, true)) log->Warn("", trouble);
      return log;
    });
  }

 private:
  Database& database_;
  const Worker& worker_;
  Guarded<std::map<std::int64_t, std::weak_ptr<RunLog>>> logs_;
  bool told_ = false;
};

Result<int> Work(const Invocation& invocation, const WorkOptions& options) {
  const Interrupts interrupts;
  TRY(auto store, OpenFor(invocation));
  TRY(const auto worker, Worker::Make(invocation.config, *store.database));
  Logs logs(*store.database, *worker);
  WorkTools tools = worker->Tools({});
  if (options.lanes > 0) tools.settings.lanes = options.lanes;
  tools.settings.store_patience = kForever;
  ClaimLoop loop(tools, {.run_id = 0,
                         .log_of = [&](std::int64_t run_id) { return logs.Of(run_id); },
                         .complain = Complain});
  PrintError(fmt::format("{} lanes wait for runs", tools.settings.lanes));
  CHECK_OK(loop.Work(interrupts.token()));
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
