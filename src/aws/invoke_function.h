// Has Lambda run a function later, with an event of ours
// (https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html).
#pragma once

#include <chrono>
#include <cstdint>
#include <stop_token>
#include <string>
#include <string_view>

#include "aws/aws_client.h"
#include "base/error.h"

namespace rolecall {

struct FunctionName {
  std::string name;       // "worker"
  std::string qualifier;  // "prod", "$LATEST", "7"; empty: none
  std::string region;     // empty: it names none
  std::string account;    // twelve digits; empty: it names none
};

// Of "worker", "worker:prod", "123456789012:function:worker" or a whole ARN. kInvalidInput where it
// is none of them.
Result<FunctionName> ReadFunctionName(std::string_view text);

// kInvalidInput on a function of another region or account than ours: it is asked for by its bare
// name, which would be another function there. `account` is empty where it is not known.
Result<void> CheckIsOurs(const FunctionName& function, std::string_view region,
                         std::string_view account = {});

enum class Invoked : std::uint8_t {
  kQueued,   // it will run, perhaps more than once
  kUnknown,  // no answer came, or it broke off: it may have been queued
};

// Within `time`, tries included. Errors: it was not queued. kInvalidInput: a payload of over 1 MiB,
// another region, or credentials that cannot be used; kNotFound; kUpstream: refused; kUnavailable:
// throttled, failing or out of reach; kCancelled.
Result<Invoked> InvokeFunction(AwsClient& client, const FunctionName& function,
                               std::string payload_json, std::chrono::milliseconds time,
                               std::stop_token stop);

}  // namespace rolecall
