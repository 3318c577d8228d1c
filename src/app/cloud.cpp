// Wires the worker function and its log to the settings.
#include "app/cloud.h"

#include <utility>

#include "aws/region.h"
#include "aws/worker_event.h"
#include "db/database_url.h"

namespace rolecall {
namespace {

// An API function answers within 30 s.
constexpr std::chrono::milliseconds kInvokedWithin{10'000};
constexpr std::chrono::milliseconds kInvokedQuickly{3'000};
constexpr std::chrono::seconds kLooksEvery{5};

Result<std::string> LogGroupOf(const AwsConfig& config) {
  if (!config.worker_log_group.empty()) return config.worker_log_group;
  TRY(const FunctionName function, ReadFunctionName(config.worker_function));
  return "/aws/lambda/" + function.name;
}

}  // namespace

Result<void> MoveToTestDatabase(Config& config) {
  if (config.aws.worker_function.empty() || !config.aws.function.empty()) return {};
  if (config.test_database_url.empty())
    return Fail(Errc::kInvalidInput,
                "WORKER_FUNCTION_NAME is set, and TEST_DATABASE_URL is not: outside of Lambda the "
                "worker function is given runs of a test database alone, which both have to know");
  const auto url = ReadDatabaseUrl(config.test_database_url);
  if (!url) return Fail(Errc::kInvalidInput, "TEST_DATABASE_URL: " + url.error().message);
  config.database_url = config.test_database_url;
  return {};
}

Result<std::unique_ptr<AwsClient>> MakeAwsClient(const AwsConfig& config) {
  AwsSettings settings = config.client;
  TRY(settings.region, ReadRegion(config.region));
  return AwsClient::Make(std::move(settings));
}

InvokeWorker InvokerOf(AwsClient& client, FunctionName function, RunsOn database,
                       std::chrono::milliseconds within, std::stop_token stop) {
  return [&client, function = std::move(function), database, within,
          stop = std::move(stop)](const LaunchableRun& run) -> Result<Launched> {
    TRY(const Invoked invoked,
        InvokeFunction(client, function,
                       JsonOf(RunEvent{.run_id = run.run_id,
                                       .user_id = run.user_id,
                                       .use_test_db = database == RunsOn::kTestDatabase,
                                       .run_key = run.run_key}),
                       within, stop));
    return invoked == Invoked::kQueued ? Launched::kQueued : Launched::kDoubtful;
  };
}

Result<std::unique_ptr<Cloud>> Cloud::Open(const Config& config, Database& database, Clock clock,
                                           Complain complain, std::stop_token stop) {
  std::unique_ptr<Cloud> cloud(new Cloud(database, std::move(clock), std::move(complain)));
  const bool reads_log = config.log_source == LogSource::kCloudwatch;
  if (config.aws.worker_function.empty() && !reads_log) return cloud;
  TRY(cloud->client_, MakeAwsClient(config.aws));
  if (!config.aws.worker_function.empty()) {
    TRY(const FunctionName function, ReadFunctionName(config.aws.worker_function));
    CHECK_OK(CheckIsOurs(function, cloud->client_->region()));
    const RunsOn runs_on =
        config.aws.function.empty() ? RunsOn::kTestDatabase : RunsOn::kProduction;
    cloud->invoke_ = InvokerOf(*cloud->client_, function, runs_on, kInvokedWithin, stop);
    cloud->invoke_quickly_ = InvokerOf(*cloud->client_, function, runs_on, kInvokedQuickly, stop);
  }
  if (reads_log) {
    CloudLogSettings settings{.prefix = std::string(LinePrefix(config))};
    TRY(settings.group, LogGroupOf(config.aws));
    cloud->log_ =
        std::make_unique<CloudLog>(*cloud->client_, database, cloud->clock_, std::move(settings),
                                   cloud->complain_, std::move(stop));
  }
  return cloud;
}

std::function<Result<void>(const RunOfUser&)> Cloud::launch() {
  if (!invoke_) return {};
  return [this](const RunOfUser& run) {
    auto launched = LaunchRun(database_, run, invoke_, clock_());
    looks_from_.With([](auto& from) { from = std::chrono::steady_clock::now() + kLooksEvery; });
    return launched;
  };
}

void Cloud::LookForLeftRuns() {
  if (!invoke_) return;
  const auto now = std::chrono::steady_clock::now();
  const bool due = looks_from_.With([&](auto& from) {
    if (now < from) return false;
    from = now + kLooksEvery;
    return true;
  });
  if (!due) return;
  if (const auto launched = LaunchLeftRuns(database_, invoke_quickly_, clock_(), 1); !launched)
    complain_("a run that was left: " + launched.error().message);
}

}  // namespace rolecall
