// rolecall run: one pass over the companies, watched to its end.
#include "cli/command.h"
#include "cli/watched_run.h"

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

Result<int> Run(const Invocation& invocation, const RunOptions& options,
                const std::stop_token& stop) {
  TRY(const Config config, WithOptions(invocation.config, options));
  CHECK_OK(CheckGateway(config.fetch));
  TRY(auto store, OpenFor(invocation));
  return RunAndWatch(
      config, store,
      {.ingestion = config.ingestion, .companies = options.companies, .retry_of = options.retry_of},
      options.json ? RunOutput::kJson : RunOutput::kSummary, stop);
}

}  // namespace

void AddRun(CommandLine& line) {
  const auto [command, options] =
      AddCommand<RunOptions>(line, line.app, "run", "Reads the boards and brings the jobs in step",
                             "rolecall run --company acme --json", Run);
  CLI::Option* company =
      command->add_option("--company", options->companies, "only this company; may be given again");
  command
      ->add_option("--retry-failed", options->retry_of,
                   "only what failed or was not reconciled in this run")
      ->check(IsId())
      ->excludes(company);
  command->add_flag("--json", options->json, "print the run as JSON");
  command->add_option("--ingestion", options->ingestion,
                      "crawl, or mock, which asks for no contents and marks every job ready");
  command->add_option("--mock-wait", options->mock_wait,
                      "how long mock ingestion waits, such as 30 or 500ms");
}

}  // namespace rolecall
