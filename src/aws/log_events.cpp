// Asks CloudWatch Logs for events that hold a phrase, in its JSON 1.1.
#include "aws/log_events.h"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "base/text.h"

namespace rolecall {
namespace json = boost::json;
namespace {

constexpr std::chrono::milliseconds kPageTime{20'000};
constexpr std::chrono::milliseconds kPageTry{8'000};

// A term with more in it than letters and digits stands between quotes.
std::string PatternOf(std::string_view phrase) {
  std::string pattern = "\"";
  for (const char letter : phrase) {
    if (letter == '"' || letter == '\\') pattern += '\\';
    pattern += letter;
  }
  return pattern + "\"";
}

std::string StringIn(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  const json::string* text = value == nullptr ? nullptr : value->if_string();
  return text == nullptr ? std::string() : std::string(text->data(), text->size());
}

std::int64_t MillisIn(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  return value != nullptr && value->is_int64() ? value->get_int64() : 0;
}

std::optional<LogEvent> ReadLogEvent(const json::value& value) {
  const json::object* object = value.if_object();
  if (object == nullptr) return std::nullopt;
  LogEvent event{.event_id = StringIn(*object, "eventId"),
                 .at_ms = MillisIn(*object, "timestamp"),
                 .ingested_ms = MillisIn(*object, "ingestionTime"),
                 .message = StringIn(*object, "message")};
  while (event.message.ends_with('\n') || event.message.ends_with('\r')) event.message.pop_back();
  if (event.event_id.empty() || event.at_ms <= 0) return std::nullopt;
  return event;
}

Result<LogPage> ReadLogPage(const std::string& body, const std::string& group) {
  const auto refused = [&](std::string_view why) {
    return Fail(Errc::kUpstream, fmt::format("reading the log group {}: {}", group, why));
  };
  json::error_code failure;
  const json::value value = json::parse(MendJson(body).text, failure);
  const json::object* object = failure ? nullptr : value.if_object();
  if (object == nullptr) return refused("CloudWatch Logs answers no JSON object");
  LogPage page{.events = {}, .next_token = StringIn(*object, "nextToken")};
  const json::value* events = object->if_contains("events");
  if (events == nullptr || !events->is_array()) return page;
  for (const json::value& one : events->get_array()) {
    auto event = ReadLogEvent(one);
    if (!event) return refused("CloudWatch Logs answers an event without its id or time");
    page.events.push_back(*std::move(event));
  }
  return page;
}

}  // namespace

Result<LogPage> FilterLogEvents(AwsClient& client, const LogQuery& query, std::stop_token stop) {
  json::object asked{{"logGroupName", query.group}, {"startTime", query.from_ms}};
  if (!query.phrase.empty()) asked["filterPattern"] = PatternOf(query.phrase);
  if (!query.next_token.empty()) asked["nextToken"] = query.next_token;
  const AwsRequest request{.service = AwsService::kLogs,
                           .action = "logs:FilterLogEvents",
                           .resource = "the log group " + query.group,
                           .headers = {"Content-Type: application/x-amz-json-1.1",
                                       "X-Amz-Target: Logs_20140328.FilterLogEvents"},
                           .body = json::serialize(asked),
                           .time = kPageTime,
                           .a_try = kPageTry};
  const auto answer = client.Post(request, std::move(stop));
  if (!answer) return std::unexpected(answer.error().error);
  return ReadLogPage(answer->body, query.group);
}

}  // namespace rolecall
