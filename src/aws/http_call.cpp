// Exchanges with AWS over libcurl, of whose handles each is used by one call at a time.
#include "aws/http_call.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <mutex>
#include <stdexcept>

#include "base/text.h"
#include "fetch/tls.h"

namespace rolecall {
namespace {

constexpr std::chrono::milliseconds kConnectTime{5'000};
constexpr std::size_t kMostOfCall = 16 << 20;  // bytes of an answer

// What the callbacks of one call share.
struct CallUnderWay {
  std::stop_token stop;
  HttpAnswer answer;
  bool head_is_whole = false;
  bool too_big = false;
};

std::size_t TakeCallBody(char* bytes, std::size_t size, std::size_t count, void* state) {
  auto& under = *static_cast<CallUnderWay*>(state);
  under.too_big = under.answer.body.size() + size * count > kMostOfCall;
  if (under.too_big) return 0;
  under.answer.body.append(bytes, size * count);
  return size * count;
}

std::size_t TakeCallHeader(char* bytes, std::size_t size, std::size_t count, void* state) {
  auto& [stop, answer, head_is_whole, too_big] = *static_cast<CallUnderWay*>(state);
  const std::string_view line(bytes, size * count);
  // What an interim answer said does not count.
  if (line.starts_with("HTTP/")) answer.headers.clear();
  head_is_whole = Trim(line).empty();
  const auto colon = line.find(':');
  if (colon != std::string_view::npos)
    answer.headers[Fold(line.substr(0, colon))] = Trim(line.substr(colon + 1));
  return line.size();
}

int StopCall(void* state, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return static_cast<CallUnderWay*>(state)->stop.stop_requested() ? 1 : 0;
}

struct FreeCallHeaders {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using CallHeaders = std::unique_ptr<curl_slist, FreeCallHeaders>;

CallHeaders HeadersOfCall(const HttpCall& call) {
  curl_slist* list = nullptr;
  for (const std::string& header : call.headers) list = curl_slist_append(list, header.c_str());
  if (call.signing && !call.signing->session_token.empty())
    list = curl_slist_append(
        list, fmt::format("X-Amz-Security-Token: {}", call.signing->session_token).c_str());
  return CallHeaders(list);
}

void Sign(CURL* curl, const Signing& signing) {
  const std::string scope = fmt::format("aws:amz:{}:{}", signing.region, signing.service);
  curl_easy_setopt(curl, CURLOPT_AWS_SIGV4, scope.c_str());
  curl_easy_setopt(curl, CURLOPT_USERNAME, signing.access_key.c_str());
  curl_easy_setopt(curl, CURLOPT_PASSWORD, signing.secret_key.c_str());
}

void SetUpCall(CURL* curl, const HttpCall& call, curl_slist* headers, CallUnderWay& under) {
  curl_easy_reset(curl);
  curl_easy_setopt(curl, CURLOPT_URL, call.url.c_str());
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(curl, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_USERAGENT, "rolecall/" ROLECALL_VERSION);
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
  curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(call.time.count()));
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS,
                   static_cast<long>(std::min(call.time, kConnectTime).count()));
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, TakeCallBody);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &under);
  curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, TakeCallHeader);
  curl_easy_setopt(curl, CURLOPT_HEADERDATA, &under);
  curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, StopCall);
  curl_easy_setopt(curl, CURLOPT_XFERINFODATA, &under);
  if (call.proxy == HttpCall::Proxy::kNone) curl_easy_setopt(curl, CURLOPT_PROXY, "");
  SetUpTls(curl);
  if (call.signing) Sign(curl, *call.signing);
  if (!call.body) return;
  // From memory: the hash of it is signed.
  curl_easy_setopt(curl, CURLOPT_POST, 1L);
  curl_easy_setopt(curl, CURLOPT_POSTFIELDS, call.body->c_str());
  curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(call.body->size()));
}

CallFailure DescribeCallFailure(CURL* curl, CURLcode result, const HttpCall& call,
                                const CallUnderWay& under, const char* detail) {
  curl_off_t asked_after = 0;
  curl_easy_getinfo(curl, CURLINFO_PRETRANSFER_TIME_T, &asked_after);
  const bool was_asked = asked_after > 0;
  const auto failure = [&](Errc code, std::string message, bool another_may_mend_it) {
    return CallFailure{{code, std::move(message)}, was_asked, another_may_mend_it};
  };
  const std::string_view said = *detail == '\0' ? curl_easy_strerror(result) : detail;
  if (under.stop.stop_requested()) return failure(Errc::kCancelled, "stopped meanwhile", false);
  if (under.too_big)
    return failure(Errc::kUpstream,
                   fmt::format("the answer is over the cap of {} MiB", kMostOfCall >> 20), false);
  switch (result) {
    case CURLE_OK:
      return failure(Errc::kUnavailable, "the answer was cut short within its head", true);
    case CURLE_OPERATION_TIMEDOUT: {
      const auto time = was_asked ? call.time : std::min(call.time, kConnectTime);
      return failure(Errc::kUnavailable,
                     fmt::format("no {} within {:.1f} s", was_asked ? "answer" : "connection",
                                 static_cast<double>(time.count()) / 1000),
                     true);
    }
    case CURLE_PEER_FAILED_VERIFICATION:
      return failure(Errc::kUpstream, fmt::format("no connection that can be trusted ({})", said),
                     false);
    case CURLE_URL_MALFORMAT:
    case CURLE_UNSUPPORTED_PROTOCOL:
      return failure(Errc::kInvalidInput, std::string(said), false);
    default:  // libcurl's codes are not ours to close
      return failure(Errc::kUnavailable, fmt::format("the connection failed ({})", said), true);
  }
}

}  // namespace

struct HttpCalls::Handle {
  Handle() : curl(curl_easy_init()) {
    if (curl == nullptr) throw std::runtime_error("libcurl cannot be used");
  }
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  ~Handle() { curl_easy_cleanup(curl); }

  CURL* const curl;
};

std::string HttpAnswer::HeaderOf(const std::string& name) const {
  const auto found = headers.find(name);
  return found == headers.end() ? std::string() : found->second;
}

HttpCalls::HttpCalls() {
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}
HttpCalls::~HttpCalls() = default;

std::expected<HttpAnswer, CallFailure> HttpCalls::Make(const HttpCall& call, std::stop_token stop) {
  auto handle = idle_.With([](auto& idle) {
    std::unique_ptr<Handle> last;
    if (idle.empty()) return last;
    last = std::move(idle.back());
    idle.pop_back();
    return last;
  });
  if (handle == nullptr) handle = std::make_unique<Handle>();
  CURL* const curl = handle->curl;
  CallUnderWay under{.stop = std::move(stop), .answer = {}};
  const CallHeaders headers = HeadersOfCall(call);
  SetUpCall(curl, call, headers.get(), under);
  std::array<char, CURL_ERROR_SIZE> detail{};
  curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, detail.data());
  const CURLcode result = curl_easy_perform(curl);
  curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, nullptr);
  std::expected<HttpAnswer, CallFailure> answer;
  // libcurl takes a head that breaks off for a whole one.
  if (result == CURLE_OK && under.head_is_whole) {
    long status = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    under.answer.status = static_cast<int>(status);
    answer = std::move(under.answer);
  } else {
    answer = std::unexpected(DescribeCallFailure(curl, result, call, under, detail.data()));
  }
  idle_.With([&](auto& idle) { idle.push_back(std::move(handle)); });
  return answer;
}

}  // namespace rolecall
