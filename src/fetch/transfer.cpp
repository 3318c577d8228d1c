// One exchange over libcurl. Callbacks gather headers and body; every limit is kept while the bytes
// arrive.
#include "fetch/transfer.h"

#include <curl/curl.h>
#include <fmt/format.h>
#include <sys/socket.h>
#include <unistd.h>

#include <mutex>

#include "base/text.h"
#include "fetch/address_guard.h"
#include "fetch/tls.h"
#include "fetch/transfer_failure.h"

namespace rolecall {
namespace {

// What the callbacks of one transfer share.
struct Under {
  const RawRequest& exchange;
  std::stop_token stop;
  CURL* curl;
  TlsSeen& seen;
  RawAnswer answer;
  bool head_is_whole = false;
  // Of HTTP/1 without a length or chunks: the end of its connection is the answer's.
  bool ends_with_connection = false;
  const void* tls = nullptr;  // the connection, where it speaks TLS
  bool too_big = false;
  std::string_view refused;  // the kind of address that was refused
};

std::size_t TakeBody(char* bytes, std::size_t size, std::size_t count, void* state) {
  auto& under = *static_cast<Under*>(state);
  if (under.answer.body.size() + size * count > under.exchange.most_bytes) {
    under.too_big = true;
    return 0;
  }
  under.answer.body.append(bytes, size * count);
  return size * count;
}

std::size_t TakeHeader(char* bytes, std::size_t size, std::size_t count, void* state) {
  auto& under = *static_cast<Under*>(state);
  auto& answer = under.answer;
  const std::string_view line(bytes, size * count);
  // Another status line begins another answer: what an interim one said does not count.
  if (line.starts_with("HTTP/")) {
    answer = RawAnswer{};
    under.head_is_whole = false;
    under.ends_with_connection = line.starts_with("HTTP/1");
  }
  // What follows the chunks of a body comes here too, and says nothing of the answer.
  if (under.head_is_whole) return line.size();
  under.head_is_whole = Trim(line).empty();
  if (under.head_is_whole) {
    under.tls = TlsOf(under.curl);
    under.seen.ended = nullptr;
  }
  const auto colon = line.find(':');
  if (colon == std::string_view::npos) return line.size();
  const std::string name = Fold(line.substr(0, colon));
  const std::string value = WithoutSteering(Mend(std::string(Trim(line.substr(colon + 1)))).text);
  if (name == "content-length" || (name == "transfer-encoding" && Fold(value).contains("chunked")))
    under.ends_with_connection = false;
  if (name == "content-type") answer.content_type = value;
  if (name == "content-encoding") answer.content_encoding = Fold(value);
  if (name == "etag") answer.etag = value;
  if (name == "last-modified") answer.last_modified = value;
  if (name == "location") answer.location = value;
  if (name == "retry-after") answer.retry_after = value;
  if (name == "set-cookie") answer.set_cookies.push_back(value);
  return line.size();
}

int Progress(void* state, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return static_cast<Under*>(state)->stop.stop_requested() ? 1 : 0;
}

curl_socket_t OpenSocket(void* state, curlsocktype, curl_sockaddr* address) {
  auto& under = *static_cast<Under*>(state);
  if (under.exchange.guard == RawRequest::Guard::kPublicOnly) {
    if (const auto why = WhyRefused(&address->addr)) {
      under.refused = *why;
      return CURL_SOCKET_BAD;
    }
  }
  return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

struct FreeList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using List = std::unique_ptr<curl_slist, FreeList>;

List HeadersOf(const RawRequest& exchange) {
  // The encodings are named by hand, so that libcurl hands the body over as it came and we can tell
  // a cut stream.
  curl_slist* list = curl_slist_append(nullptr, "Accept-Encoding: gzip, deflate");
  list = curl_slist_append(list, "Expect:");
  for (const auto& [name, value] : exchange.headers)
    list = curl_slist_append(list, fmt::format("{}: {}", name, value).c_str());
  return List(list);
}

List PlacesOf(const RawRequest& exchange) {
  curl_slist* list = nullptr;
  for (const std::string& one : exchange.connect_to) list = curl_slist_append(list, one.c_str());
  return List(list);
}

struct Lists {
  curl_slist* headers;
  curl_slist* places;
};

void SetUp(CURL* curl, const RawRequest& exchange, const Lists& lists, Under& under) {
  curl_easy_reset(curl);
  curl_easy_setopt(curl, CURLOPT_URL, exchange.url.c_str());
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, lists.headers);
  curl_easy_setopt(curl, CURLOPT_CONNECT_TO, lists.places);
  curl_easy_setopt(curl, CURLOPT_USERAGENT, exchange.user_agent.c_str());
  curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(exchange.deadline.count()));
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS,
                   static_cast<long>(std::min(exchange.deadline, kConnectWithin).count()));
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, TakeBody);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &under);
  curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, TakeHeader);
  curl_easy_setopt(curl, CURLOPT_HEADERDATA, &under);
  curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, Progress);
  curl_easy_setopt(curl, CURLOPT_XFERINFODATA, &under);
  curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, OpenSocket);
  curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, &under);
  // Those of the environment are known already: libcurl's own reading of it would send requests
  // past the guard, or past the proxy.
  curl_easy_setopt(curl, CURLOPT_PROXY, exchange.proxy.c_str());
  curl_easy_setopt(curl, CURLOPT_NOPROXY, "");
  curl_easy_setopt(curl, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  SetUpTls(curl, &under.seen);
  if (exchange.method != "GET") {
    curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, exchange.method.c_str());
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, exchange.body.c_str());
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE,
                     static_cast<curl_off_t>(exchange.body.size()));
  }
}

Tried<RawAnswer> DescribeFailure(CURL* curl, CURLcode result, const Under& under,
                                 const char* detail) {
  const std::string_view said = *detail == '\0' ? curl_easy_strerror(result) : detail;
  if (under.stop.stop_requested()) return Fail(Errc::kCancelled, "stopped during an answer");
  if (!under.refused.empty())
    return Fail(Errc::kInvalidInput, fmt::format("refused to fetch {}: its name leads to {}",
                                                 under.exchange.url, under.refused));
  if (under.too_big)
    return Fail(Errc::kUpstream, fmt::format("the answer is over the cap of {} MiB",
                                             under.exchange.most_bytes >> 20));
  std::optional<std::size_t> body;
  if (under.head_is_whole) body = under.answer.body.size();
  return std::unexpected(WhyBroken({.curl = curl,
                                    .result = result,
                                    .said = said,
                                    .exchange = under.exchange,
                                    .verdict = under.seen.verdict,
                                    .body = body}));
}

// libcurl takes a connection that breaks off for one that ends. Over TLS an end is said, and what
// is not said to end was cut (RFC 9112, 9.8). Of a redirect or an answer without a body nothing is
// lost, and what is packed tells its own end. Of HTTP/2 it sees all but a stream that is reset with
// NO_ERROR, by which the server says that the answer was whole (RFC 9113, 8.1).
bool IsCutUnseen(const Under& under) {
  const int status = under.answer.status;
  const bool has_body = (status >= 200 && status <= 299 && status != 204) || status >= 400;
  const std::string& packing = under.answer.content_encoding;
  return has_body && (packing.empty() || packing == "identity") && under.ends_with_connection &&
         under.tls != nullptr && under.seen.ended != under.tls;
}

}  // namespace

Transfer::Transfer() {
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
  curl_ = curl_easy_init();
}

Transfer::~Transfer() { curl_easy_cleanup(curl_); }

Tried<RawAnswer> Transfer::Run(const RawRequest& exchange, std::stop_token stop) {
  Under under{.exchange = exchange,
              .stop = stop,
              .curl = curl_,
              .seen = seen_,
              .answer = {},
              .refused = {}};
  seen_.verdict = 0;
  const List headers = HeadersOf(exchange), places = PlacesOf(exchange);
  SetUp(curl_, exchange, {.headers = headers.get(), .places = places.get()}, under);
  std::array<char, CURL_ERROR_SIZE> detail{};
  curl_easy_setopt(curl_, CURLOPT_ERRORBUFFER, detail.data());
  const CURLcode result = curl_easy_perform(curl_);
  curl_easy_setopt(curl_, CURLOPT_ERRORBUFFER, nullptr);
  // libcurl takes a head that breaks off for a whole one.
  if (result == CURLE_OK && !under.head_is_whole)
    return WorthAnotherTry(Fail(Errc::kUpstream, "the answer was cut short within its head"));
  if (result != CURLE_OK) return DescribeFailure(curl_, result, under, detail.data());
  long status = 0;
  curl_easy_getinfo(curl_, CURLINFO_RESPONSE_CODE, &status);
  under.answer.status = static_cast<int>(status);
  if (status == kProxyAsksWho && !exchange.proxy.empty())
    return std::unexpected(WhyRefusedByProxy(exchange.proxy, status));
  if (IsCutUnseen(under)) return std::unexpected(WhyCutUnseen(under.answer.body.size()));
  return std::move(under.answer);
}

}  // namespace rolecall
