// rolecall migrate and rolecall version.
#include <fmt/format.h>

#include "app/wire.h"
#include "cli/command.h"
#include "cli/exit_code.h"
#include "cli/terminal/terminal.h"
#include "store/migrate.h"

namespace rolecall {
namespace {

Result<int> RunMigrate(const Invocation& invocation, const NoOptions&) {
  TRY(auto database, OpenStore(invocation.config, Schema::kAsItIs));
  TRY(const int applied, Migrate(*database, SystemNow()));
  PrintNote(applied == 0 ? "The database is up to date."
                         : fmt::format("{} {} applied.", applied,
                                       applied == 1 ? "migration was" : "migrations were"));
  return kExitDone;
}

Result<int> Version(const Invocation&, const NoOptions&) {
  Print(fmt::format("rolecall {}\n", ROLECALL_VERSION));
  return kExitDone;
}

}  // namespace

void AddMigrate(CommandLine& line) {
  AddCommand<NoOptions>(line, line.app, "migrate", "Brings the database to this program's version",
                        "rolecall --database postgresql://localhost/rolecall migrate", RunMigrate);
}

void AddVersion(CommandLine& line) {
  AddCommand<NoOptions>(line, line.app, "version", "Prints the program's version",
                        "rolecall version", Version);
}

}  // namespace rolecall
