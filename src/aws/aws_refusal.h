// What AWS means by an answer that is no success, as a sentence that a person can act on.
#pragma once

#include <cstdint>
#include <string>

#include "aws/aws_client.h"
#include "aws/http_call.h"

namespace rolecall {

struct AwsRefusal {
  enum class Cure : std::uint8_t {
    kNone,
    kPatience,        // throttled or failing: the same may work in a while
    kNewCredentials,  // these have expired, or nobody knows them
  };
  Cure cure = Cure::kNone;
  AwsFailure failure;
};

// `now` is this machine's time: one that is minutes off is told as such. What AWS says is cut at
// the end of its first line, since those after it repeat what was signed.
AwsRefusal ReadRefusal(const AwsRequest& request, const HttpAnswer& answer,
                       const AwsCredentials& credentials, Timestamp now);

}  // namespace rolecall
