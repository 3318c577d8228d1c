// The Lambda Runtime API: events in, answers out, over one connection that is kept
// (https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html).
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/error.h"

namespace rolecall {

struct LambdaEvent {
  std::string request_id;
  Timestamp deadline{};      // the process is killed then
  std::string function_arn;  // as it was invoked, with a qualifier or without
  std::string trace_id;      // empty: none
  std::string body;
};

// How long there is until the deadline, which Lambda told by its clock: by this machine's, or by
// `another` where that is off; nothing where both are.
std::optional<std::chrono::milliseconds> TimeLeft(const LambdaEvent& event, Timestamp another);

// Why an event was not answered, as Lambda tells it on.
struct FunctionError {
  std::string type;  // "Function.InvalidEvent"
  std::string message;
};

// An answer of which each piece is passed on as it comes.
struct StreamedAnswer {
  std::string head;  // JSON: {"statusCode", "headers", "cookies"}
  // The next piece of the body; "" at its end. An error is told behind what was sent. May wait.
  std::function<Result<std::string>()> more;
};

// Used by one thread. An error of any call means that the environment is over.
class RuntimeApi {
 public:
  // `address`: as AWS_LAMBDA_RUNTIME_API has it, "127.0.0.1:9001".
  explicit RuntimeApi(std::string_view address);
  RuntimeApi(const RuntimeApi&) = delete;
  RuntimeApi& operator=(const RuntimeApi&) = delete;
  ~RuntimeApi();

  // Waits for hours where it has to: the process may be frozen meanwhile.
  Result<LambdaEvent> Next();

  enum class Taken : std::uint8_t {
    kYes,
    kTooLarge,  // Lambda tells its caller so
    kRefused,   // as an answer to no event that is under way
  };
  Result<Taken> Answer(const std::string& request_id, const std::string& body);
  Result<Taken> Stream(const std::string& request_id, const StreamedAnswer& answer);
  Result<Taken> TellError(const std::string& request_id, const FunctionError& error);

 private:
  class Connection;
  Result<Taken> Post(const std::string& path, const std::string& body, const std::string& header);
  static Result<Taken> TakenAs(long status);

  std::unique_ptr<Connection> connection_;
};

}  // namespace rolecall
