// One handle of libcurl, which keeps its connection; no timeout, no proxy, no Expect.
#include "aws/runtime_api.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <charconv>
#include <map>
#include <optional>
#include <stdexcept>

#include "aws/base64.h"
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
struct FreeHandle {
  void operator()(CURL* curl) const { curl_easy_cleanup(curl); }
};
struct FreeShare {
  void operator()(CURLSH* share) const { curl_share_cleanup(share); }
};

// What is left to be sent of a streamed answer.
struct Sending {
  const StreamedAnswer& answer;
  std::string piece;
  std::size_t sent = 0;
  bool ended = false;
  std::optional<Error> broken{};
};

std::size_t GivePiece(char* room, std::size_t size, std::size_t count, void* state) {
  auto& sending = *static_cast<Sending*>(state);
  if (sending.sent == sending.piece.size() && !sending.ended) {
    // No exception may pass through libcurl.
    try {
      auto more = sending.answer.more();
      if (!more) sending.broken = more.error();
      sending.piece = std::move(more).value_or("");
    } catch (const std::exception& bug) {
      sending.broken = Error{Errc::kUpstream, bug.what()};
      sending.piece.clear();
    }
    sending.sent = 0;
    sending.ended = sending.piece.empty();
  }
  const std::size_t given = std::min(size * count, sending.piece.size() - sending.sent);
  sending.piece.copy(room, given, sending.sent);
  sending.sent += given;
  return given;
}

constexpr std::string_view kErrorType = "Lambda-Runtime-Function-Error-Type";
constexpr std::string_view kErrorBody = "Lambda-Runtime-Function-Error-Body";

std::string ErrorBody(const FunctionError& error) {
  return boost::json::serialize(boost::json::object{{"errorMessage", Mend(error.message).text},
                                                    {"errorType", error.type},
                                                    {"stackTrace", boost::json::array()}});
}

// Of a body that broke off: behind it, since its status was sent long ago.
int GiveTrailers(curl_slist** list, void* state) {
  const auto& broken = static_cast<Sending*>(state)->broken;
  if (!broken) return CURL_TRAILERFUNC_OK;
  const FunctionError error{"Function.BrokeOff", broken->message};
  const std::string body = ErrorBody(error);
  *list = curl_slist_append(*list, fmt::format("{}: {}", kErrorType, error.type).c_str());
  *list = curl_slist_append(*list, fmt::format("{}: {}", kErrorBody, ToBase64(body)).c_str());
  return CURL_TRAILERFUNC_OK;
}

}  // namespace

std::optional<std::chrono::milliseconds> TimeLeft(const LambdaEvent& event, Timestamp another) {
  // Lambda's fifteen minutes, and what its clock may be ahead.
  constexpr std::chrono::minutes kLongestInvocation{16};
  for (const Timestamp now : {SystemNow(), another}) {
    const std::chrono::milliseconds left = event.deadline - now;
    if (left.count() > 0 && left <= kLongestInvocation) return left;
  }
  return std::nullopt;
}

class RuntimeApi::Connection {
 public:
  explicit Connection(std::string_view address)
      : base_(fmt::format("http://{}{}", address, kBase)),
        share_(curl_share_init()),
        curl_(curl_easy_init()) {
    if (curl_ == nullptr || share_ == nullptr) throw std::runtime_error("libcurl cannot be used");
    curl_share_setopt(share_.get(), CURLSHOPT_SHARE, CURL_LOCK_DATA_CONNECT);
  }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection() = default;

  Result<Answered> Get(const std::string& path) {
    SetUp(curl_.get(), path);
    return Perform(curl_.get(), path);
  }

  Result<Answered> Post(const std::string& path, const std::string& body,
                        const std::string& header) {
    SetUp(curl_.get(), path);
    curl_slist* list = curl_slist_append(nullptr, "Content-Type: application/json");
    list = curl_slist_append(list, "Expect:");
    if (!header.empty()) list = curl_slist_append(list, header.c_str());
    const std::unique_ptr<curl_slist, FreeList> headers(list);
    CURL* const curl = curl_.get();
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(curl, CURLOPT_POST, 1L);
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body.c_str());
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
    return Perform(curl_.get(), path);
  }

  // With a handle of its own over the same connection: libcurl 7.88 keeps the state of trailers
  // with the handle, through a reset too, and writes before its buffer in the next body.
  Result<Answered> Stream(const std::string& path, const StreamedAnswer& answer) {
    const std::unique_ptr<CURL, FreeHandle> own(curl_easy_init());
    if (own == nullptr) return Fail(Errc::kUnavailable, "libcurl cannot be used");
    CURL* const curl = own.get();
    SetUp(curl, path);
    curl_slist* list = nullptr;
    for (const std::string& header :
         {std::string("Content-Type: application/vnd.awslambda.http-integration-response"),
          std::string("Lambda-Runtime-Function-Response-Mode: streaming"),
          std::string("Transfer-Encoding: chunked"), std::string("Expect:"),
          fmt::format("Trailer: {}, {}", kErrorType, kErrorBody)})
      list = curl_slist_append(list, header.c_str());
    const std::unique_ptr<curl_slist, FreeList> headers(list);
    // Eight zero bytes part the head from the body.
    Sending sending{.answer = answer, .piece = answer.head + std::string(8, '\0')};
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(curl, CURLOPT_POST, 1L);
    curl_easy_setopt(curl, CURLOPT_READFUNCTION, GivePiece);
    curl_easy_setopt(curl, CURLOPT_READDATA, &sending);
    curl_easy_setopt(curl, CURLOPT_TRAILERFUNCTION, GiveTrailers);
    curl_easy_setopt(curl, CURLOPT_TRAILERDATA, &sending);
    return Perform(curl, path);
  }

 private:
  void SetUp(CURL* curl, const std::string& path) {
    curl_easy_reset(curl);
    curl_easy_setopt(curl, CURLOPT_SHARE, share_.get());
    curl_easy_setopt(curl, CURLOPT_URL, (base_ + path).c_str());
    curl_easy_setopt(curl, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_TCP_NODELAY, 1L);
    // One of the environment is for the web.
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_USERAGENT, "rolecall/" ROLECALL_VERSION);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, TakeBody);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, TakeHeader);
  }

  static Result<Answered> Perform(CURL* curl, const std::string& path) {
    Answered answered;
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &answered);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, &answered);
    if (const CURLcode result = curl_easy_perform(curl); result != CURLE_OK)
      return Fail(Errc::kUnavailable, fmt::format("the Runtime API does not answer {}: {}", path,
                                                  curl_easy_strerror(result)));
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &answered.status);
    return answered;
  }

  const std::string base_;
  const std::unique_ptr<CURLSH, FreeShare> share_;  // the connection; ends after those who use it
  const std::unique_ptr<CURL, FreeHandle> curl_;
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
  return TakenAs(answered.status);
}

Result<RuntimeApi::Taken> RuntimeApi::TakenAs(long status) {
  if (status == 202) return Taken::kYes;
  if (status == 413) return Taken::kTooLarge;
  if (status == 400 || status == 403) return Taken::kRefused;
  return Fail(Errc::kUnavailable, fmt::format("the Runtime API takes no answer: HTTP {}", status));
}

Result<RuntimeApi::Taken> RuntimeApi::Stream(const std::string& request_id,
                                             const StreamedAnswer& answer) {
  TRY(const Answered answered,
      connection_->Stream(fmt::format("/invocation/{}/response", request_id), answer));
  return TakenAs(answered.status);
}

Result<RuntimeApi::Taken> RuntimeApi::Answer(const std::string& request_id,
                                             const std::string& body) {
  return Post(fmt::format("/invocation/{}/response", request_id), body, "");
}

Result<RuntimeApi::Taken> RuntimeApi::TellError(const std::string& request_id,
                                                const FunctionError& error) {
  return Post(fmt::format("/invocation/{}/error", request_id), ErrorBody(error),
              fmt::format("{}: {}", kErrorType, error.type));
}

}  // namespace rolecall
