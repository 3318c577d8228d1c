// Signed requests to AWS: tried again where that helps, and refused with a sentence.
#pragma once

#include <chrono>
#include <expected>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "aws/credentials.h"
#include "base/clock.h"
#include "base/error.h"

namespace rolecall {

struct AwsSettings {
  CredentialSources credentials{};
  std::string region;  // as ReadRegion has it
  // Instead of https://lambda.REGION.amazonaws.com and its like; empty: none.
  std::string lambda_endpoint;  // AWS_ENDPOINT_URL_LAMBDA
  std::string logs_endpoint;    // AWS_ENDPOINT_URL_CLOUDWATCH_LOGS
  std::string endpoint;         // AWS_ENDPOINT_URL, of whatever has none of its own

  int tries = 4;
  // Between them: a random part of this, of twice as much after the second, and so on.
  std::chrono::milliseconds backoff{200};
  std::chrono::milliseconds longest_wait{5'000};
  // Between requests to CloudWatch Logs, which takes five a second of a whole account.
  std::chrono::milliseconds logs_pause{250};
};

enum class AwsService : std::uint8_t { kLambda, kLogs };

struct AwsRequest {
  AwsService service;
  std::string action;    // "lambda:InvokeFunction", which the role must allow
  std::string resource;  // "the function worker", for sentences
  std::string path{"/"};
  std::string query{};                 // encoded, sorted, without the '?'
  std::vector<std::string> headers{};  // "Name: value"
  std::string body{};
  std::chrono::milliseconds time{};   // for all tries together
  std::chrono::milliseconds a_try{};  // for one of them; 0: as long as there is time
};

struct AwsAnswer {
  int status = 0;  // 2xx
  std::string body;
};

// Why there is none. The sentence has no secret and no signature in it. kNotFound: what is asked
// for does not exist; kInvalidInput: the credentials cannot be used; kUpstream: refused;
// kUnavailable: throttled, failing or out of reach, after all tries; kCancelled.
struct AwsFailure {
  Error error;
  int status = 0;                 // of the last answer; 0: there was none
  std::string type{};             // "ResourceNotFoundException"
  bool may_have_arrived = false;  // of one try it is not known whether AWS acted on it

  AwsFailure(Error failure) : error(std::move(failure)) {}  // NOLINT(google-explicit-constructor)
};

// Keeps its connections. Any thread.
class AwsClient {
 public:
  // kInvalidInput on an endpoint that is no URL.
  static Result<std::unique_ptr<AwsClient>> Make(AwsSettings settings, Clock clock = SystemNow);
  AwsClient(const AwsClient&) = delete;
  AwsClient& operator=(const AwsClient&) = delete;
  ~AwsClient();

  // Within the request's time, six seconds more where a container must be asked for credentials,
  // and within a second after `stop`.
  std::expected<AwsAnswer, AwsFailure> Post(const AwsRequest& request, std::stop_token stop);

  const std::string& region() const;

 private:
  class Calls;
  explicit AwsClient(std::unique_ptr<Calls> calls);

  std::unique_ptr<Calls> calls_;
};

}  // namespace rolecall
