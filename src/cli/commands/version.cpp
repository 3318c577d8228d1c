// rolecall version: which version this is.
#include <fmt/format.h>

#include "cli/command.h"
#include "cli/exit_code.h"
#include "cli/terminal/terminal.h"

namespace rolecall {
namespace {

Result<int> Version(const Invocation&, const NoOptions&) {
  Print(fmt::format("rolecall {}\n", ROLECALL_VERSION));
  return kExitDone;
}

}  // namespace

void AddVersion(CommandLine& line) {
  AddCommand<NoOptions>(line, line.app, "version", "Prints the program's version",
                        "rolecall version", Version);
}

}  // namespace rolecall
