// rolecall runs: what was done, newest first.
#include <fmt/format.h>

#include "cli/command.h"
#include "cli/commands/compare_runs.h"
#include "cli/exit_code.h"
#include "cli/terminal/local_time.h"
#include "cli/terminal/run_summary.h"
#include "cli/terminal/terminal.h"
#include "forms/run_json.h"
#include "run/waits_of_run.h"

namespace rolecall {
namespace {

struct RunsOptions {
  std::int64_t run = 0;
  int limit = 20;
  std::int64_t before = 0;
  bool json = false;
};

Result<int> ShowOne(const Invocation& invocation, OpenedStore& store, const RunsOptions& options) {
  TRY(auto db, store.database->Reader());
  TRY(RunRecord run, LoadRun(*db, store.user.id, options.run));
  CHECK_OK(NoteWaits(*db, *invocation.config.kinds, run, SystemNow()));
  const Paint paint = PaintFor(invocation.config, Stream::kOut);
  Print(options.json ? boost::json::serialize(RunJson(run)) + "\n"
                     : RunSummary(run, WidthOf(Stream::kOut), paint));
  return kExitDone;
}

Result<int> Runs(const Invocation& invocation, const RunsOptions& options) {
  TRY(auto store, OpenFor(invocation, Schema::kPrepareExisting));
  if (options.run != 0) return ShowOne(invocation, store, options);
  TRY(auto db, store.database->Reader());
  // One more than asked for tells whether there are more.
  TRY(auto runs, ListRuns(*db, store.user.id, options.limit + 1, options.before));
  const bool more = static_cast<int>(runs.size()) > options.limit;
  if (more) runs.pop_back();
  if (options.json) {
    Print(boost::json::serialize(RunsJson(runs, more ? ListEnd::kMoreBefore : ListEnd::kWhole)) +
          "\n");
    return kExitDone;
  }
  if (runs.empty()) {
    PrintNote("There was no run yet: `rolecall run` makes the first.");
    return kExitDone;
  }
  const auto right = TextTable::Align::kRight;
  TextTable table({{"run", right},
                   {"created"},
                   {"took", right},
                   {"jobs", right},
                   {"new", right},
                   {"changed", right},
                   {"expired", right},
                   {"missing", right, false, true},
                   {"withheld", right, false, true},
                   {"failed", right, false, true},
                   {"status"},
                   {"message", TextTable::Align::kLeft, true, true}});
  for (const RunRecord& run : runs) {
    const CompanyCounts& c = run.totals;
    const auto number = [](int n) { return std::to_string(n); };
    table.Add({std::to_string(run.id), LocalMinute(run.created_at), Duration(run),
               number(c.included), number(c.new_jobs), number(c.changed), number(c.expired),
               number(c.missing), number(c.withheld), number(c.failed),
               std::string(Name(run.status)),
               run.status == RunStatus::kAborted ? "" : Printable(run.error_message)});
  }
  Print(table.WithoutLacking().Text(WidthOf(Stream::kOut),
                                    PaintFor(invocation.config, Stream::kOut)));
  if (more) PrintNote(fmt::format("older ones: rolecall runs --before {}", runs.back().id));
  return kExitDone;
}

}  // namespace

void AddRuns(CommandLine& line) {
  auto options = std::make_shared<RunsOptions>();
  CLI::App* command =
      line.app.add_subcommand("runs", "Lists runs, newest first, shows one, or compares two");
  command->footer(
      "Example:\n  rolecall runs --limit 5\n  rolecall runs 12\n  rolecall runs compare 12 14");
  ActWhereBare(line, *command, options, Runs);
  command->add_option("RUN", options->run, "show this one whole")->check(IsId());
  command->add_option("--limit", options->limit, "at most so many")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  command->add_option("--before", options->before, "only those before this run")->check(IsId());
  command->add_flag("--json", options->json, "print them as JSON");
  AddCompareRuns(line, *command);
}

}  // namespace rolecall
