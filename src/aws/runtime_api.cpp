// One handle of libcurl, which keeps its connection; no timeout, no proxy, no Expect.
#include "aws/runtime_api.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include <boost/json.hpp>
#include <charconv>
#include <map>
#include <stdexcept>

#include "base/text.h"

namespace rolecall {
namespace {

constexpr std::string_view kBase = "/2018-06-01/runtime";

struct Answered {
  long status = 0;
  std::map<std::string, std::string, std::less<>> headers;  // by name in lower case
  std::string body;
};

std::size_t TakeBody(char* bytes, std::size_t size, std::size_t count, void* state) {
  static_cast<Answered*>(state)->body.append(bytes, size * count);
  return size * count;
}

std::size_t TakeHeader(char* bytes, std::size_t size, std::size_t count, void* state) {
  const std::string_view line(bytes, size * count);
  const auto colon = line.find(':');
  if (colon != std::string_view::npos)
    static_cast<Answered*>(state)->headers[Fold(line.substr(0, colon))] =
        Trim(line.substr(colon + 1));
  return line.size();
}

struct FreeList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

std::string ErrorBody(const FunctionError& error) {
  return boost::json::serialize(boost::json::object{{"errorMessage", Mend(error.message).text},
                                                    {"errorType", error.type},
                                                    {"stackTrace", boost::json::array()}});
}

}  // namespace

class RuntimeApi::Connection {
 public:
  explicit Connection(std::string_view address)
      : base_(fmt::format("http://{}{}", address, kBase)), curl_(curl_easy_init()) {
    if (curl_ == nullptr) throw std::runtime_error("libcurl cannot be used");
  }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection() { curl_easy_cleanup(curl_); }

  Result<Answered> Get(const std::string& path) {
    SetUp(path);
    return Perform(path);
  }

  Result<Answered> Post(const std::string& path, const std::string& body,
                        const std::string& header) {
    SetUp(path);
    curl_slist* list = curl_slist_append(nullptr, "Content-Type: application/json");
    list = curl_slist_append(list, "Expect:");
    if (!header.empty()) list = curl_slist_append(list, header.c_str());
    const std::unique_ptr<curl_slist, FreeList> headers(list);
    curl_easy_setopt(curl_, CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(curl_, CURLOPT_POST, 1L);
    curl_easy_setopt(curl_, CURLOPT_POSTFIELDS, body.c_str());
    curl_easy_setopt(curl_, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
    return Perform(path);
  }

 private:
  void SetUp(const std::string& path) {
    curl_easy_reset(curl_);
    curl_easy_setopt(curl_, CURLOPT_URL, (base_ + path).c_str());
    curl_easy_setopt(curl_, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    curl_easy_setopt(curl_, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl_, CURLOPT_TCP_NODELAY, 1L);
    // One of the environment is for the web.
    curl_easy_setopt(curl_, CURLOPT_PROXY, "");
    curl_easy_setopt(curl_, CURLOPT_USERAGENT, "rolecall/" ROLECALL_VERSION);
    curl_easy_setopt(curl_, CURLOPT_WRITEFUNCTION, TakeBody);
    curl_easy_setopt(curl_, CURLOPT_HEADERFUNCTION, TakeHeader);
  }

  Result<Answered> Perform(const std::string& path) {
    Answered answered;
    curl_easy_setopt(curl_, CURLOPT_WRITEDATA, &answered);
    curl_easy_setopt(curl_, CURLOPT_HEADERDATA, &answered);
    if (const CURLcode result = curl_easy_perform(curl_); result != CURLE_OK)
      return Fail(Errc::kUnavailable, fmt::format("the Runtime API does not answer {}: {}", path,
                                                  curl_easy_strerror(result)));
    curl_easy_getinfo(curl_, CURLINFO_RESPONSE_CODE, &answered.status);
    return answered;
  }

  const std::string base_;
  CURL* const curl_;
};

RuntimeApi::RuntimeApi(std::string_view address)
    : connection_(std::make_unique<Connection>(address)) {}
RuntimeApi::~RuntimeApi() = default;

Result<LambdaEvent> RuntimeApi::Next() {
  TRY(Answered answered, connection_->Get("/invocation/next"));
  if (answered.status != 200)
    return Fail(Errc::kUnavailable,
                fmt::format("the Runtime API has no event: HTTP {}", answered.status));
  const auto header = [&](std::string_view name) {
    const auto found = answered.headers.find(name);
    return found == answered.headers.end() ? std::string() : found->second;
  };
  LambdaEvent event{.request_id = header("lambda-runtime-aws-request-id"),
                    .function_arn = header("lambda-runtime-invoked-function-arn"),
                    .trace_id = header("lambda-runtime-trace-id"),
                    .body = std::move(answered.body)};
  if (event.request_id.empty())
    return Fail(Errc::kUnavailable, "the Runtime API gives an event without its id");
  const std::string deadline = header("lambda-runtime-deadline-ms");
  std::int64_t milliseconds = 0;
  const auto [end, failure] =
      std::from_chars(deadline.data(), deadline.data() + deadline.size(), milliseconds);
  if (failure != std::errc{} || end != deadline.data() + deadline.size())
    return Fail(Errc::kUnavailable, "the Runtime API gives an event without its deadline");
  event.deadline = Timestamp(std::chrono::milliseconds(milliseconds));
  return event;
}

Result<RuntimeApi::Taken> RuntimeApi::Post(const std::string& path, const std::string& body,
                                           const std::string& header) {
  TRY(const Answered answered, connection_->Post(path, body, header));
  if (answered.status == 202) return Taken::kYes;
  if (answered.status == 413) return Taken::kTooLarge;
  if (answered.status == 400 || answered.status == 403) return Taken::kRefused;
  return Fail(Errc::kUnavailable,
              fmt::format("the Runtime API takes no answer: HTTP {}", answered.status));
}

Result<RuntimeApi::Taken> RuntimeApi::Answer(const std::string& request_id,
                                             const std::string& body) {
  return Post(fmt::format("/invocation/{}/response", request_id), body, "");
}

Result<RuntimeApi::Taken> RuntimeApi::TellError(const std::string& request_id,
                                                const FunctionError& error) {
  return Post(fmt::format("/invocation/{}/error", request_id), ErrorBody(error),
              "Lambda-Runtime-Function-Error-Type: " + error.type);
}

}  // namespace rolecall
