// The events of a log group of CloudWatch
// (https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html).
#pragma once

#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

#include "aws/aws_client.h"
#include "base/error.h"

namespace rolecall {

struct LogEvent {
  std::string event_id;
  std::int64_t at_ms = 0;        // of UTC, when it was logged
  std::int64_t ingested_ms = 0;  // when it could first be read, which may be minutes later
  std::string message;           // without the line's end

  bool operator==(const LogEvent&) const = default;
};

struct LogQuery {
  std::string group;         // "/aws/lambda/worker"
  std::string phrase;        // within the message, on the borders of words; "" for any
  std::int64_t from_ms = 0;  // that moment included
  std::string next_token{};  // of the page before; all else must be as it was; "" for the first
};

struct LogPage {
  std::vector<LogEvent> events;
  std::string next_token;  // "" on the last page; a page before it may have no events
};

// One page, of at most 10,000 events or 1 MiB. kNotFound: there is no such group, or nothing was
// logged in it yet; others as AwsFailure has them, kUnavailable also where it is throttled for
// long.
Result<LogPage> FilterLogEvents(AwsClient& client, const LogQuery& query, std::stop_token stop);

}  // namespace rolecall
