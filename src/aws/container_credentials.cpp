// Asks the container's endpoint for credentials, past any proxy.
#include "aws/container_credentials.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include <array>
#include <boost/json.hpp>
#include <fstream>
#include <memory>

#include "aws/http_call.h"
#include "base/text.h"
#include "base/wait.h"
#include "http/message.h"

namespace rolecall {
namespace json = boost::json;
namespace {

constexpr int kContainerTries = 3;
constexpr std::chrono::milliseconds kContainerTime{2'000};
constexpr std::chrono::milliseconds kContainerPause{100};
constexpr std::string_view kContainerHost = "http://169.254.170.2";

struct CleanUpAddress {
  void operator()(CURLU* address) const { curl_url_cleanup(address); }
};

std::string PartOf(CURLU* address, CURLUPart part) {
  char* text = nullptr;
  if (curl_url_get(address, part, &text, 0) != CURLUE_OK) return "";
  std::string copy(text);
  curl_free(text);
  return copy;
}

// Hosts that nobody outside of this machine can be.
bool IsOfThisMachine(std::string_view host) {
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  return host == "localhost" || host == "169.254.170.2" || host == "169.254.170.23" ||
         host == "fd00:ec2::23" || IsLoopback(host);
}

// What proves to the endpoint that a process of the container asks; "" for nothing.
Result<std::string> ContainerToken(const CredentialSources& sources) {
  std::string token = sources.container_token;
  if (!sources.container_token_file.empty()) {
    std::ifstream file(sources.container_token_file);
    constexpr std::size_t kMostOfToken = 16'384;
    std::array<char, kMostOfToken> bytes{};
    file.read(bytes.data(), bytes.size());
    token = Trim(std::string_view(bytes.data(), static_cast<std::size_t>(file.gcount())));
    if (token.empty())
      return Fail(Errc::kInvalidInput,
                  fmt::format("{} (AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE) cannot be read",
                              sources.container_token_file));
  }
  if (token.find_first_of("\r\n") != std::string::npos)
    return Fail(Errc::kInvalidInput, "the container's authorization token has more than one line");
  return token;
}

std::string TextIn(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  const json::string* text = value == nullptr ? nullptr : value->if_string();
  return text == nullptr ? std::string() : std::string(text->data(), text->size());
}

Result<AwsCredentials> ReadContainerAnswer(const HttpAnswer& answer) {
  if (answer.status != 200) return Fail(Errc::kUnavailable, fmt::format("HTTP {}", answer.status));
  json::error_code failure;
  const json::value value = json::parse(answer.body, failure);
  if (failure || !value.is_object()) return Fail(Errc::kUnavailable, "it answers no JSON object");
  const json::object& object = value.get_object();
  AwsCredentials credentials{.access_key = TextIn(object, "AccessKeyId"),
                             .secret_key = TextIn(object, "SecretAccessKey"),
                             .session_token = TextIn(object, "Token"),
                             .expires = FromIso(TextIn(object, "Expiration")),
                             .from = "the container's endpoint"};
  if (credentials.access_key.empty() || credentials.secret_key.empty())
    return Fail(Errc::kUnavailable, "it answers no AccessKeyId and SecretAccessKey");
  return credentials;
}

}  // namespace

Result<std::string> ContainerAddress(const CredentialSources& sources) {
  if (!sources.container_path.empty()) {
    // "@evil.example.com/" after the host would make another host of it.
    if (!sources.container_path.starts_with('/'))
      return Fail(Errc::kInvalidInput,
                  "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI must begin with a slash");
    return std::string(kContainerHost) + sources.container_path;
  }
  const std::unique_ptr<CURLU, CleanUpAddress> address(curl_url());
  const bool is_one =
      curl_url_set(address.get(), CURLUPART_URL, sources.container_url.c_str(), 0) == CURLUE_OK;
  const std::string scheme = is_one ? PartOf(address.get(), CURLUPART_SCHEME) : "";
  if (scheme == "https" ||
      (scheme == "http" && IsOfThisMachine(PartOf(address.get(), CURLUPART_HOST))))
    return sources.container_url;
  return Fail(Errc::kInvalidInput,
              fmt::format("AWS_CONTAINER_CREDENTIALS_FULL_URI must be https, or http to this "
                          "machine or container, and is {}",
                          Quoted(sources.container_url)));
}

Result<AwsCredentials> AskContainer(const CredentialSources& sources, const std::stop_token& stop) {
  TRY(const std::string address, ContainerAddress(sources));
  TRY(const std::string token, ContainerToken(sources));
  HttpCall call{.url = address,
                .headers = {"Accept: application/json"},
                .body = {},
                .signing = {},
                .time = kContainerTime,
                .proxy = HttpCall::Proxy::kNone};
  if (!token.empty()) call.headers.push_back("Authorization: " + token);
  const auto refused = [&](Error error) {
    return Wrap(fmt::format("asking {} for the container's credentials", address),
                std::move(error));
  };
  HttpCalls calls;
  for (int attempt = 1;; ++attempt) {
    const auto answer = calls.Make(call, stop);
    const bool again = answer ? answer->status >= 500 : answer.error().another_may_mend_it;
    if (!again || attempt == kContainerTries) {
      if (!answer) return refused(answer.error().error);
      auto credentials = ReadContainerAnswer(*answer);
      if (!credentials) return refused(std::move(credentials).error());
      return credentials;
    }
    if (!WaitFor(kContainerPause, stop)) return refused({Errc::kCancelled, "stopped meanwhile"});
  }
}

}  // namespace rolecall
