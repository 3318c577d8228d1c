// A client of AWS that asks a test's own service.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>

#include "aws/aws_client.h"

namespace rolecall {

// With keys of a test's own and without waits.
inline AwsSettings SettingsFor(const std::string& endpoint) {
  return {.credentials = {.access_key = "AKIDEXAMPLE",
                          .secret_key = "secret/key",
                          .session_token = "session/token"},
          .region = "eu-west-1",
          .endpoint = endpoint,
          .backoff = std::chrono::milliseconds(1),
          .logs_pause = std::chrono::milliseconds(0)};
}

inline std::unique_ptr<AwsClient> MakeAwsClient(AwsSettings settings, Clock clock = SystemNow) {
  auto client = AwsClient::Make(std::move(settings), std::move(clock));
  EXPECT_TRUE(client) << client.error().message;
  return *std::move(client);
}

}  // namespace rolecall
