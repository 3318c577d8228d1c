// Members that are absent or null are as if they were empty. An HTTP API decodes the path before it
// hands it over, a Function URL does not.
#include "aws/http_event.h"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "aws/base64.h"
#include "base/text.h"
#include "http/encoding.h"
#include "http/reply_head.h"
#include "streams/streams.h"

namespace rolecall {
namespace json = boost::json;
namespace {

constexpr std::size_t kMostBody = 1 << 20;       // bytes, as of any request
constexpr std::size_t kMostAnswer = 6 << 20;     // bytes that Lambda passes on
constexpr std::size_t kMostGathered = 32 << 20;  // bytes of pieces, before they are packed
constexpr std::size_t kMostOfStream = 2 << 20;   // bytes, and the event that goes beyond
constexpr std::string_view kComeAgain = "retry: 3000\n\n";

std::string TextOf(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  const json::string* text = value == nullptr ? nullptr : value->if_string();
  return text == nullptr ? std::string() : std::string(text->data(), text->size());
}

const json::object& ObjectIn(const json::object& object, std::string_view name) {
  static const json::object kNone;
  const json::value* value = object.if_contains(name);
  const json::object* found = value == nullptr ? nullptr : value->if_object();
  return found == nullptr ? kNone : *found;
}

bool IsTrue(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  return value != nullptr && value->is_bool() && value->get_bool();
}

// A path that was decoded, as it is sent.
std::string EncodePath(std::string_view path) {
  std::string encoded;
  for (const char letter : path) {
    const auto byte = static_cast<unsigned char>(letter);
    if (byte <= 0x20 || byte >= 0x7F || letter == '%' || letter == '?' || letter == '#')
      encoded += fmt::format("%{:02X}", byte);
    else
      encoded += letter;
  }
  return encoded;
}

// "/prod/api/jobs" of the stage "prod" as "/api/jobs".
std::string WithoutStage(std::string path, std::string_view stage) {
  const std::string before = fmt::format("/{}", stage);
  if (!stage.empty() && (path == before || path.starts_with(before + "/")))
    path.erase(0, before.size());
  return path.empty() ? "/" : path;
}

std::vector<Header> HeadersIn(const json::object& event) {
  std::vector<Header> headers;
  for (const auto& [name, value] : ObjectIn(event, "headers"))
    if (const json::string* text = value.if_string())
      headers.push_back({Fold(std::string_view(name)), std::string(text->data(), text->size())});
  std::string cookies;
  if (const json::value* list = event.if_contains("cookies"); list != nullptr && list->is_array())
    for (const json::value& one : list->get_array())
      if (const json::string* text = one.if_string())
        cookies.append(cookies.empty() ? "" : "; ").append(text->data(), text->size());
  if (!cookies.empty()) headers.push_back({"cookie", std::move(cookies)});
  return headers;
}

void ReadBody(const json::object& event, HttpEvent& read) {
  std::string body = TextOf(event, "body");
  if (IsTrue(event, "isBase64Encoded")) {
    auto bytes = FromBase64(body);
    if (!bytes) read.refusal = Refuse(400, "The body is said to be base64, and is not.");
    body = std::move(bytes).value_or("");
  }
  if (body.size() > kMostBody)
    read.refusal = Refuse(413, "The body is larger than 1 MiB.");
  else
    read.request.body = std::move(body);
}

Reply TooLarge() {
  return Refuse(500,
                "The answer is larger than the 6 MB that Lambda passes on: ask for less, such as "
                "with limit=.");
}

// Everything of a reply that is told piece by piece, or stays open, as one body.
Reply MakeWhole(Reply reply) {
  if (reply.stream) {
    auto text = Streams::ReadSoFar(*reply.stream, kMostOfStream);
    if (!text) return ReplyTo(text.error());
    reply.body = *std::move(text) + std::string(kComeAgain);
    reply.headers.push_back({"Cache-Control", "no-cache"});
    reply.stream.reset();
  }
  while (reply.more) {
    auto piece = reply.more();
    if (!piece) return ReplyTo(piece.error());
    if (piece->empty()) break;
    reply.body += *piece;
    // Packed it may be small enough, but a part must not be taken for the whole.
    if (reply.body.size() > kMostGathered) return TooLarge();
  }
  reply.more = nullptr;
  return reply;
}

// {"statusCode", "headers", "cookies"}.
json::object HeadObject(const Reply& reply) {
  json::object headers;
  json::array cookies;
  for (const Header& header : HeadersOf(reply)) {
    if (Fold(header.name) == "set-cookie")
      cookies.emplace_back(header.value);
    else if (json::value& value = headers[header.name]; value.is_string())
      value.get_string().append(", " + header.value);
    else
      value = header.value;
  }
  json::object head{{"statusCode", reply.status}, {"headers", std::move(headers)}};
  if (!cookies.empty()) head["cookies"] = std::move(cookies);
  return head;
}

std::string Written(const Reply& reply, bool is_head) {
  const bool sends_body = HasBody(reply.status) && !is_head;
  const bool is_text = !Mend(reply.body).changed;
  json::object answer = HeadObject(reply);
  answer["body"] = !sends_body ? "" : is_text ? reply.body : ToBase64(reply.body);
  answer["isBase64Encoded"] = sends_body && !is_text;
  return json::serialize(answer);
}

}  // namespace

Result<HttpEvent> ReadHttpEvent(std::string_view text) {
  json::error_code failure;
  const json::value value = json::parse(text, failure);
  if (failure || !value.is_object())
    return Fail(Errc::kInvalidInput, "the event is no JSON object");
  const json::object& event = value.get_object();
  const json::object& context = ObjectIn(event, "requestContext");
  const json::object& http = ObjectIn(context, "http");
  if (http.empty())
    return Fail(
        Errc::kInvalidInput,
        "the event is none of an HTTP API or a Function URL (payload format 2.0): it has no "
        "requestContext.http");
  HttpEvent read;
  read.stage = TextOf(context, "stage");
  if (read.stage == "$default") read.stage.clear();
  Request& request = read.request;
  request.method = TextOf(http, "method");
  if (request.method.empty())
    return Fail(Errc::kInvalidInput, "the event names no method: requestContext.http.method");
  read.is_head = request.method == "HEAD";
  if (read.is_head) request.method = "GET";
  std::string path = TextOf(event, "rawPath");
  if (path.empty()) path = TextOf(http, "path");
  read.of_function_url = TextOf(context, "domainName").contains(".lambda-url.");
  request.path =
      WithoutStage(read.of_function_url ? std::move(path) : EncodePath(path), read.stage);
  request.query = TextOf(event, "rawQueryString");
  request.headers = HeadersIn(event);
  request.peer = TextOf(http, "sourceIp");
  ReadBody(event, read);
  return read;
}

std::string HttpHeadOf(const Reply& reply) { return json::serialize(HeadObject(reply)); }

std::string HttpAnswerOf(const HttpEvent& event, Reply reply,
                         const std::function<void(std::string_view)>& complain) {
  Reply whole = MakeWhole(std::move(reply));
  if (!whole.failure.empty()) complain(whole.failure);
  Encode(event.request, whole);
  std::string answer = Written(whole, event.is_head);
  if (answer.size() <= kMostAnswer) return answer;
  return Written(TooLarge(), event.is_head);
}

}  // namespace rolecall
