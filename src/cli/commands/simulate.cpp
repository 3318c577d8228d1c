// rolecall simulate: career sites without the web, to try the program on.
#include <fmt/format.h>

#include <algorithm>

#include "app/port_file.h"
#include "base/text.h"
#include "base/wait.h"
#include "cli/command.h"
#include "cli/exit_code.h"
#include "cli/terminal/terminal.h"
#include "sim/answer.h"
#include "sim/board_sim.h"

namespace rolecall {
namespace {

struct SimulateOptions {
  SimSettings settings{.port = 9001};
  std::string delay = "0";
  std::string port_file;
  std::string kinds = "greenhouse,workday";
};

std::vector<std::string> KindsIn(const BoardRegistry& registry, std::string_view text) {
  if (text == "all") return SimKinds(registry);
  std::vector<std::string> kinds;
  for (std::string_view rest = text; !rest.empty();) {
    const auto comma = std::min(rest.find(','), rest.size());
    kinds.emplace_back(Trim(rest.substr(0, comma)));
    rest.remove_prefix(std::min(comma + 1, rest.size()));
  }
  return kinds;
}

Result<int> Simulate(const Invocation& invocation, const SimulateOptions& options,
                     const std::stop_token& stop) {
  SimSettings settings = options.settings;
  TRY(settings.delay, ReadDuration("--delay", options.delay));
  settings.kinds = KindsIn(*invocation.config.kinds, options.kinds);
  TRY(const auto sim, BoardSim::Start(settings, invocation.config.kinds));
  if (!options.port_file.empty()) CHECK_OK(WritePort(options.port_file, sim->port()));
  PrintNote(
      fmt::format("{} companies at {}: set ROLECALL_GATEWAY={}, and DATABASE_URL to a "
                  "database for them alone, and see {}/_sim/companies",
                  settings.companies, sim->address(), sim->address(), sim->address()));
  WaitForStop(stop);
  return kExitDone;
}

}  // namespace

void AddSimulate(CommandLine& line) {
  const auto [command, options] = AddCommand<SimulateOptions>(
      line, line.app, "simulate", "Pretends to be career sites, on this machine alone",
      "rolecall simulate --port 9001 --companies 12 --jobs 100 --seed 7", Simulate);
  SimSettings& settings = options->settings;
  command->add_option("--port", settings.port, "0: any that is free")->capture_default_str();
  command->add_option("--companies", settings.companies, "how many")->capture_default_str();
  command->add_option("--jobs", settings.jobs, "of each company")->capture_default_str();
  command->add_option("--seed", settings.seed, "the same seed, the same answers")
      ->capture_default_str();
  command->add_option("--churn", settings.churn, "the share of jobs that goes in a round")
      ->capture_default_str();
  command->add_option("--kinds", options->kinds, "kinds of board with commas between, or all")
      ->capture_default_str();
  command->add_option("--delay", options->delay, "before each answer, such as 20ms")
      ->capture_default_str();
  command->add_option("--port-file", options->port_file, "where to write the port once it listens");
}

}  // namespace rolecall
