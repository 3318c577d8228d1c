// rolecall migrate: brings a database to the schema of this program.
#include "store/migrate.h"

#include <fmt/format.h>

#include "app/open_store.h"
#include "cli/command.h"
#include "cli/exit_code.h"
#include "cli/terminal/terminal.h"

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

}  // namespace

void AddMigrate(CommandLine& line) {
  AddCommand<NoOptions>(line, line.app, "migrate", "Brings the database to this program's version",
                        "rolecall --database postgresql://localhost/rolecall migrate", RunMigrate);
}

}  // namespace rolecall
