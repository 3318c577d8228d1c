// What a process asks AWS for: the worker function, as the one who works on runs, and its log.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string_view>

#include "app/cloud_log.h"
#include "app/config.h"
#include "aws/aws_client.h"
#include "aws/invoke_function.h"
#include "base/clock.h"
#include "base/guarded.h"
#include "db/db.h"
#include "run/launch.h"

namespace rolecall {

// A process outside of Lambda that has a worker function works on the test database, and so does
// the worker: it must never touch production. kInvalidInput where there is none. Any other process
// keeps its database.
Result<void> MoveToTestDatabase(Config& config);

// Signed calls to AWS with what the settings say. kInvalidInput where there is no region.
Result<std::unique_ptr<AwsClient>> MakeAwsClient(const AwsConfig& config);

// Whose runs the function is to look for.
enum class RunsOn : std::uint8_t { kProduction, kTestDatabase };

// Invokes the function for a run. The client outlives it.
InvokeWorker InvokerOf(AwsClient& client, FunctionName function, RunsOn database,
                       std::chrono::milliseconds within, std::stop_token stop);

// Safe to use from several threads.
class Cloud {
 public:
  using Complain = std::function<void(std::string_view)>;

  // Nothing is asked yet, and nothing after `stop`. `database` outlives it. kInvalidInput on
  // settings that cannot be right.
  static Result<std::unique_ptr<Cloud>> Open(const Config& config, Database& database, Clock clock,
                                             Complain complain, std::stop_token stop);

  // As ApiParts has it.
  std::function<Result<void>(const RunOfUser&)> launch();
  // Null where lines are read from the table.
  LineSource* lines() { return log_.get(); }

  // Launches a run that was left, at most every five seconds, whoever asks how often, and not soon
  // after another launch.
  void LookForLeftRuns();

 private:
  Cloud(Database& database, Clock clock, Complain complain)
      : database_(database), clock_(std::move(clock)), complain_(std::move(complain)) {}

  Database& database_;
  const Clock clock_;
  const Complain complain_;
  std::unique_ptr<AwsClient> client_;
  InvokeWorker invoke_;          // empty: lanes work
  InvokeWorker invoke_quickly_;  // beside a request that waits for its answer
  std::unique_ptr<CloudLog> log_;
  Guarded<std::chrono::steady_clock::time_point> looks_from_;
};

}  // namespace rolecall
