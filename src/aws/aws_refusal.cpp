// Reads the errors of AWS's two protocols: of Lambda's the type stands in a header, of the logs'
// in the body, where a namespace may precede it.
#include "aws/aws_refusal.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "base/text.h"

namespace rolecall {
namespace json = boost::json;
namespace {

using Cure = AwsRefusal::Cure;

// AWS takes what was signed within five minutes of its own time.
constexpr std::chrono::minutes kMinutesOff{4};
constexpr std::size_t kLongestSaying = 300;  // bytes

template <std::size_t kCount>
bool IsOneOf(std::string_view type, const std::array<std::string_view, kCount>& types) {
  return std::ranges::find(types, type) != types.end();
}

constexpr std::array<std::string_view, 4> kThrottles{
    "ThrottlingException", "Throttling", "TooManyRequestsException", "RequestLimitExceeded"};
constexpr std::array<std::string_view, 5> kExpired{"ExpiredToken", "ExpiredTokenException",
                                                   "UnrecognizedClientException",
                                                   "InvalidClientTokenId", "InvalidAccessKeyId"};
constexpr std::array<std::string_view, 5> kMissigned{
    "SignatureDoesNotMatch", "InvalidSignatureException", "RequestExpired", "RequestTimeTooSkewed",
    "RequestExpiredException"};

// "ThrottlingException" of "com.amazonaws.logs#ThrottlingException:http://internal/".
std::string BareType(std::string_view type) {
  type = type.substr(0, type.find(':'));
  if (const auto hash = type.rfind('#'); hash != std::string_view::npos)
    type.remove_prefix(hash + 1);
  return OneLine(WithoutSteering(Mend(std::string(type.substr(0, kLongestSaying))).text));
}

void Hide(std::string& text, const std::string& secret) {
  if (secret.empty()) return;
  for (auto at = text.find(secret); at != std::string::npos; at = text.find(secret, at))
    text.replace(at, secret.size(), "...");
}

// The first line of what AWS says, without whatever was signed or signs.
std::string ShownSaying(std::string said, const AwsCredentials& credentials) {
  said.resize(std::min(said.find('\n'), said.size()));
  for (const std::string_view secret : {"Signature=", "Credential=", "AWS4-HMAC-SHA256"})
    if (const auto at = said.find(secret); at != std::string::npos) said.resize(at);
  Hide(said, credentials.secret_key);
  Hide(said, credentials.session_token);
  said.resize(std::min(said.size(), kLongestSaying));
  return OneLine(WithoutSteering(Mend(std::move(said)).text));
}

struct Refused {
  std::string type, said;
};

Refused ReadBodyOfRefusal(const HttpAnswer& answer, const AwsCredentials& credentials) {
  Refused refused{.type = BareType(answer.HeaderOf("x-amzn-errortype")), .said = {}};
  json::error_code failure;
  const json::value value = json::parse(answer.body, failure);
  if (failure || !value.is_object()) return refused;
  for (const auto& [name, member] : value.get_object()) {
    const json::string* text = member.if_string();
    if (text == nullptr) continue;
    if (name == "__type" && refused.type.empty()) refused.type = BareType(*text);
    if (name == "message" || name == "Message")
      refused.said = ShownSaying(std::string(text->data(), text->size()), credentials);
  }
  return refused;
}

// How far AWS's time is ahead of this machine's; 0 where the answer does not tell.
std::chrono::seconds AheadOf(Timestamp now, const HttpAnswer& answer) {
  const std::time_t theirs = curl_getdate(answer.HeaderOf("date").c_str(), nullptr);
  if (theirs < 0) return std::chrono::seconds(0);
  return std::chrono::seconds(theirs) -
         std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch());
}

std::string InMinutes(std::chrono::seconds time) {
  return fmt::format("{} min {} s", time.count() / 60, time.count() % 60);
}

}  // namespace

AwsRefusal ReadRefusal(const AwsRequest& request, const HttpAnswer& answer,
                       const AwsCredentials& credentials, Timestamp now) {
  const auto [type, said] = ReadBodyOfRefusal(answer, credentials);
  const std::string so = said.empty() ? type : said;
  const auto refusal = [&](Cure cure, Errc code, std::string message) {
    AwsFailure failure(Error{code, std::move(message)});
    failure.status = answer.status;
    failure.type = type;
    return AwsRefusal{cure, std::move(failure)};
  };
  if (answer.status == 429 || IsOneOf(type, kThrottles))
    return refusal(
        Cure::kPatience, Errc::kUnavailable,
        fmt::format("AWS asks to slow down ({} on {}): {}", request.action, request.resource, so));
  if (answer.status >= 500)
    return refusal(Cure::kPatience, Errc::kUnavailable,
                   fmt::format("AWS fails at {} on {}: HTTP {} {}", request.action,
                               request.resource, answer.status, so));
  if (IsOneOf(type, kExpired))
    return refusal(Cure::kNewCredentials, Errc::kInvalidInput,
                   fmt::format("the credentials of {} have expired, or are not known to AWS ({}): "
                               "new ones must be put there",
                               credentials.from, so));
  const auto ahead = AheadOf(now, answer);
  if (IsOneOf(type, kMissigned) && std::chrono::abs(ahead) >= kMinutesOff)
    return refusal(
        Cure::kNone, Errc::kUpstream,
        fmt::format("this machine's clock is {} {} AWS's, which refuses what is signed "
                    "at a wrong time: set it right",
                    InMinutes(std::chrono::abs(ahead)), ahead.count() > 0 ? "behind" : "ahead of"));
  if (IsOneOf(type, kMissigned))
    return refusal(Cure::kNone, Errc::kInvalidInput,
                   fmt::format("AWS refuses the signature of {}, which is that of another secret "
                               "key or region: {}",
                               credentials.from, so));
  if (answer.status == 403 || type == "AccessDeniedException" || type == "AccessDenied")
    return refusal(
        Cure::kNone, Errc::kUpstream,
        fmt::format("the role may not {} on {}: {}", request.action, request.resource, so));
  if (answer.status == 404 || type == "ResourceNotFoundException")
    return refusal(
        Cure::kNone, Errc::kNotFound,
        fmt::format("AWS knows no such thing as {} in this region: {}", request.resource, so));
  return refusal(
      Cure::kNone, Errc::kUpstream,
      fmt::format("AWS refuses {} on {}: HTTP {} {}{}{}", request.action, request.resource,
                  answer.status, type, said.empty() ? "" : ": ", said));
}

}  // namespace rolecall
