// Chooses the handler. What Lambda sets, and no setting of ours is, stays out of the settings.
#include "app/lambda.h"

#include <fmt/format.h>
#include <unistd.h>

#include "app/lambda_api.h"
#include "app/lambda_worker.h"
#include "aws/runtime_api.h"
#include "aws/runtime_loop.h"
#include "base/text.h"

namespace rolecall {
namespace {

constexpr std::string_view kRuntime = "AWS_LAMBDA_RUNTIME_API";
constexpr std::string_view kHandler = "_HANDLER";
constexpr int kExitOver = 1;

std::string ValueIn(const Environment& environment, std::string_view name) {
  const auto found = environment.find(name);
  return found == environment.end() ? "" : found->second;
}

// One write, since each line is an event of the log, and a freeze loses what is buffered.
void Complain(std::string_view trouble) {
  const std::string line = OneLine(Mend(std::string(trouble)).text) + "\n";
  [[maybe_unused]] const ssize_t written = write(STDERR_FILENO, line.data(), line.size());
}

}  // namespace

bool IsOnLambda(const Environment& environment) { return !ValueIn(environment, kRuntime).empty(); }

int RunOnLambda(const Environment& environment) {
  const std::string handler = ValueIn(environment, kHandler);
  RuntimeApi runtime(ValueIn(environment, kRuntime));
  LambdaApi api(environment, Complain);
  LambdaWorker worker(environment, Complain);
  const Error end = AnswerEvents(
      runtime,
      [&](const LambdaEvent& event) -> EventAnswer {
        if (handler == "api") return api.Answer(event);
        if (handler == "worker") return worker.Answer(event);
        return FunctionError{
            "Function.NoSuchHandler",
            fmt::format("there is no handler {}: set it to api or worker", Quoted(handler))};
      },
      Complain);
  Complain(end.message);
  return kExitOver;
}

}  // namespace rolecall
