// rolecall serve: the interface over HTTP, with lanes beside it.
#include <fmt/format.h>

#include "api/base_path.h"
#include "app/server.h"
#include "cli/command.h"
#include "cli/exit_code.h"
#include "cli/terminal/terminal.h"

namespace rolecall {
namespace {

struct ServeCommand {
  ServeOptions options;
  std::string every;
  int workers = -1;  // as many lanes as the settings say
};

constexpr std::chrono::minutes kLeastEvery{5};

// "6" alone would be seconds, and is hardly meant so.
Result<void> CheckHasUnit(std::string_view every) {
  if (every.find_first_not_of("0123456789.") != std::string_view::npos) return {};
  return Fail(Errc::kInvalidInput,
              fmt::format("--every wants a unit, such as {0}h or {0}m", every));
}

Result<int> ServeUntilTold(const Invocation& invocation, const ServeCommand& command,
                           const std::stop_token& stop) {
  ServeOptions options = command.options;
  options.workers = command.workers < 0 ? invocation.config.lanes : command.workers;
  if (!options.demo) CHECK_OK(CheckGateway(invocation.config.fetch));
  if (!options.base_path.empty()) {
    TRY(options.base_path, ReadBasePath(options.base_path));
  }
  if (!command.every.empty()) {
    CHECK_OK(CheckHasUnit(command.every));
    TRY(options.every, ReadDuration("--every", command.every));
    // Pretended boards may be read as often as their owner likes.
    const bool pretended = options.demo || !invocation.config.fetch.gateway.empty();
    if (*options.every <
        (pretended ? std::chrono::milliseconds(1) : std::chrono::milliseconds(kLeastEvery)))
      return Fail(
          Errc::kInvalidInput,
          fmt::format("--every must be at least {} min: boards of others are not asked more "
                      "often",
                      kLeastEvery.count()));
  }
  CHECK_OK(Serve(invocation.config, options,
                 {.say = [](std::string_view text) { PrintNote(text); },
                  .trouble = [](std::string_view text) { PrintError(text); },
                  .show_line = PrintRunLine},
                 stop));
  return kExitDone;
}

}  // namespace

void AddServe(CommandLine& line) {
  const auto [command, bound] = AddCommand<ServeCommand>(
      line, line.app, "serve", "Serves the interface over HTTP, and works on runs beside it",
      "rolecall serve --port 8000 --every 6h", ServeUntilTold);
  ServeOptions& options = bound->options;
  command->add_option("--host", options.host, "the address to listen at")->capture_default_str();
  command->add_option("--port", options.port, "0: any that is free")
      ->check(CLI::Range(0, 65'535))
      ->capture_default_str();
  command->add_option("--port-file", options.port_file, "where to write the port once it listens");
  command
      ->add_option("--workers", bound->workers,
                   "lanes in this process; 0: other processes work (`rolecall work`)")
      ->check(CLI::Range(0, 64));
  command->add_option("--every", bound->every,
                      "starts a run of everybody who follows something so often, such as 6h");
  command->add_option("--base-path", options.base_path,
                      "the path that a proxy serves it under, such as /rolecall");
  command->add_flag("--demo", options.demo,
                    "with simulated boards, in a database of their own, without the web");
}

}  // namespace rolecall
