// Credentials of the container in which the program runs
// (https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html).
#pragma once

#include <stop_token>

#include "aws/credentials.h"

namespace rolecall {

// Where they are asked for. kInvalidInput on an address to which the container's token must not go:
// one that is neither https nor of this machine.
Result<std::string> ContainerAddress(const CredentialSources& sources);

// Tries three times, two seconds each. kInvalidInput, kUnavailable, kCancelled.
Result<AwsCredentials> AskContainer(const CredentialSources& sources, const std::stop_token& stop);

}  // namespace rolecall
