// rolecall abort: ends a run that works here or elsewhere.
#include <fmt/format.h>

#include "cli/command.h"
#include "cli/exit_code.h"
#include "cli/terminal/terminal.h"
#include "run/close_run.h"

namespace rolecall {
namespace {

struct AbortOptions {
  std::int64_t run = 0;
};

Result<int> Abort(const Invocation& invocation, const AbortOptions& options) {
  TRY(auto store, OpenFor(invocation, Schema::kPrepareExisting));
  Timestamp now;
  {
    TRY(auto db, store.database->Reader());
    TRY(now, db->DatabaseNow());
  }
  TRY(const EndedRun ended, AbortRun(*store.database, {store.user.id, options.run}, now));
  const std::string sentence = AbortSentence(options.run, ended);
  if (!ended.line) {
    PrintError(sentence);
    return kExitFailed;
  }
  PrintNote(sentence + ": what it did stays, with its counts so far.");
  return kExitDone;
}

}  // namespace

void AddAbort(CommandLine& line) {
  const auto [command, options] = AddCommand<AbortOptions>(
      line, line.app, "abort", "Ends a run that is active, wherever it works", "rolecall abort 12",
      Abort);
  command->add_option("RUN", options->run, "the run's number")->required()->check(IsId());
}

}  // namespace rolecall
