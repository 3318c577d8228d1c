// Fetches over HTTP. Redirects, tries and mending around single exchanges; the guard, the pacing
// and the gateway see each of them.
#include "fetch/http_fetcher.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <random>

#include "base/clock.h"
#include "base/guarded.h"
#include "base/text.h"
#include "fetch/address_guard.h"
#include "fetch/cookie_jar.h"
#include "fetch/inflate.h"
#include "fetch/outward_proxy.h"
#include "fetch/robots_fetcher.h"
#include "fetch/transfer.h"

namespace rolecall {
namespace {

bool IsRedirect(int status) {
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}
bool IsPassing(const FetchRequest& request, int status) {
  return std::ranges::find(request.passing, status) != request.passing.end();
}
bool IsWorthAnotherTry(const FetchRequest& request, int status) {
  return status == 429 || (status >= 500 && status <= 599) || IsPassing(request, status);
}
bool HasBody(const RawAnswer& answer) {
  return answer.status != 204 && answer.status != 304 &&
         !(IsRedirect(answer.status) && answer.body.empty());
}

// What a header asks to wait beyond this is told as this.
constexpr std::chrono::seconds kForever = std::chrono::years{10};

// A vendor that asks for longer is asked again after this.
constexpr std::chrono::seconds kLongestLeftAlone = std::chrono::hours{24};

// The seconds that a Retry-After asks to wait, as a number or a date (RFC 9110, 10.2.3).
std::optional<std::chrono::seconds> WaitAsked(const std::string& header) {
  if (header.empty()) return std::nullopt;
  std::int64_t seconds = 0;
  const auto [end, failure] =
      std::from_chars(header.data(), header.data() + header.size(), seconds);
  if (end != header.data() + header.size()) {
    const std::time_t at = curl_getdate(header.c_str(), nullptr);
    if (at < 0) return std::nullopt;
    seconds = at - std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  } else if (failure == std::errc::result_out_of_range) {
    return kForever;
  }
  return std::clamp(std::chrono::seconds(seconds), std::chrono::seconds(0), kForever);
}

// As a Wait has it.
std::string AskedToWait(int status) {
  return fmt::format("asked us to wait ({}, Retry-After)", status);
}

// What may go to a host that the request did not name: nothing that tells who asks.
bool MayGoElsewhere(const std::pair<std::string, std::string>& header) {
  const std::string name = Fold(header.first);
  return name == "accept" || name == "accept-language" || name == "content-type";
}

// The request that a redirect with `status` to `url` asks for.
FetchRequest RedirectedRequest(FetchRequest hop, int status, std::string url) {
  hop.url = std::move(url);
  hop.etag.clear();
  hop.last_modified.clear();
  if (status == 307 || status == 308 || hop.method == "GET") return hop;
  hop.method = "GET";
  hop.body.clear();
  std::erase_if(hop.headers, [](const auto& one) { return Fold(one.first) == "content-type"; });
  return hop;
}

// Whether a failed request says something of its vendor.
bool CountsAgainst(const Error& error) {
  return error.code != Errc::kCancelled && error.code != Errc::kInvalidInput;
}

// "https://example.com:8443".
std::string OriginOf(const WebAddress& address) {
  return address.url.substr(0, address.url.find("://") + 3) + address.place;
}

class HttpFetcher : public Fetcher {
 public:
  HttpFetcher(FetchSettings settings, std::string user_agent, std::shared_ptr<SharedPacing> shared)
      : settings_(std::move(settings)),
        user_agent_(std::move(user_agent)),
        pacing_(settings_.pacing),
        shared_(std::move(shared)) {}

  Result<Response> Fetch(const FetchRequest& request, std::stop_token stop) override {
    FetchRequest hop = request;
    std::string asked_host, from;
    bool from_https = false;
    for (int redirects = 0;; ++redirects) {
      auto address = CheckAddress(hop.url, settings_.allowed_hosts);
      if (!address && !from.empty()) return Wrap(from + " redirects", std::move(address).error());
      if (!address) return std::unexpected(std::move(address).error());
      if (from_https && !address->url.starts_with("https:"))
        return Fail(Errc::kUpstream,
                    fmt::format("{} redirects from https to http, which anybody on "
                                "the way could have written",
                                from));
      if (!from.empty() && request.may_follow)
        if (auto may = request.may_follow(hop.url); !may)
          return Wrap(from + " redirects", std::move(may).error());
      from_https = address->url.starts_with("https:");
      if (redirects == 0) asked_host = address->host;
      if (address->host != asked_host)
        std::erase_if(hop.headers, [](const auto& one) { return !MayGoElsewhere(one); });
      const std::string key = request.pacing_key.empty() ? address->host : request.pacing_key;
      TRY(RawAnswer answer, Ask(hop, *address, key, stop));
      if (!IsRedirect(answer.status) || answer.location.empty() || IsPassing(hop, answer.status))
        return Finish(request, *address, std::move(answer));
      if (redirects == settings_.max_redirects)
        return Fail(Errc::kUpstream, fmt::format("{} redirects more than {} times", request.url,
                                                 settings_.max_redirects));
      TRY(std::string url, ResolveAddress(address->url, answer.location));
      hop = RedirectedRequest(std::move(hop), answer.status, std::move(url));
      from = address->host;
    }
  }

  bool IsFree(const std::string& pacing_key) override { return pacing_.IsFree(pacing_key); }

  void LearnHeld() override {
    if (shared_ == nullptr) return;
    const auto held = shared_->Learn();
    if (!held) return;
    for (const HeldKey& one : *held) pacing_.Heed(one);
  }

 private:
  // One hop, tried again where that is polite.
  Result<RawAnswer> Ask(const FetchRequest& hop, const WebAddress& address, const std::string& key,
                        std::stop_token stop) {
    for (int attempt = 1;; ++attempt) {
      // Both are given back once the outcome is noted: whoever takes the place next knows of it.
      TRY(const auto permit, pacing_.Enter(key, stop));
      TRY(const auto shared_permit, EnterShared(key, stop));
      auto answer = AskOnce(hop, address, stop);
      const bool again =
          answer ? IsWorthAnotherTry(hop, answer->status) : answer.error().another_may_mend_it;
      if (answer && !again) {
        Note(key, Pacing::Outcome::kAnswered);
        return *std::move(answer);
      }
      std::chrono::milliseconds asked_wait{0};
      if (answer) {
        TRY(asked_wait, WaitAskedBy(*answer, address, key));
        if (asked_wait.count() > 0) Hold(key, asked_wait, AskedToWait(answer->status));
      }
      if (!again || attempt >= settings_.tries) {
        if (answer || CountsAgainst(answer.error().error)) Note(key, Pacing::Outcome::kFailed);
        if (!answer) return Wrap(address.host, std::move(answer).error().error);
        return *std::move(answer);
      }
      // Twice the same time would be told as two waits.
      if (const auto pause = Backoff(attempt); pause > asked_wait)
        Hold(key, pause,
             answer ? fmt::format("answered {}, and is tried again", answer->status)
                    : "gave no whole answer, and is tried again");
    }
  }

  // How long the answer asks to wait; an error where that is too long.
  Result<std::chrono::milliseconds> WaitAskedBy(const RawAnswer& answer, const WebAddress& address,
                                                const std::string& key) {
    const auto wait = WaitAsked(answer.retry_after).value_or(std::chrono::seconds(0));
    if (wait <= settings_.longest_wait) return wait;
    Note(key, Pacing::Outcome::kFailed);
    LeaveAlone(key, std::min<std::chrono::seconds>(wait, kLongestLeftAlone),
               AskedToWait(answer.status));
    return Fail(Errc::kUpstream,
                fmt::format("{} answers {} and asks to wait {} s, until {}", address.host,
                            answer.status, wait.count(), ToMoment(SystemNow() + wait)));
  }

  // What the store does not take is kept here all the same: an answer that came is not thrown away,
  // and the next request says what ails the database.
  void Hold(const std::string& key, std::chrono::milliseconds wait, std::string_view why) {
    pacing_.Hold(key, wait);
    if (shared_ != nullptr) std::ignore = shared_->Hold(key, wait, why);
  }
  void LeaveAlone(const std::string& key, std::chrono::seconds wait, std::string_view why) {
    pacing_.LeaveAlone(key, wait);
    if (shared_ != nullptr) std::ignore = shared_->LeaveAlone(key, wait, why);
  }
  void Note(const std::string& key, Pacing::Outcome outcome) {
    pacing_.Note(key, outcome);
    if (shared_ != nullptr) std::ignore = shared_->Note(key, outcome);
  }

  // A place among all processes; none where nothing is shared.
  Result<Permit> EnterShared(const std::string& key, std::stop_token stop) {
    if (shared_ == nullptr) return Permit();
    auto permit =
        shared_->Enter(key, std::move(stop), [&](const HeldKey& held) { pacing_.Heed(held); });
    // That says nothing of the vendor, and must not be taken for a failed request.
    if (!permit && permit.error().code != Errc::kUpstream) permit.error().code = Errc::kCancelled;
    return permit;
  }

  std::chrono::milliseconds Backoff(int attempt) {
    const double jitter = random_.With(
        [](std::minstd_rand& random) { return std::uniform_real_distribution(0.5, 1.5)(random); });
    const auto base = settings_.backoff * (1 << (attempt - 1));
    return std::chrono::milliseconds(
        static_cast<std::int64_t>(static_cast<double>(base.count()) * jitter));
  }

  Tried<RawAnswer> AskOnce(const FetchRequest& hop, const WebAddress& address,
                           std::stop_token stop) {
    const bool by_gateway = !settings_.gateway.empty();
    std::string proxy;
    if (!by_gateway) {
      TRY(proxy, ProxyFor(settings_.proxies, address));
    }
    RawRequest exchange{
        .method = hop.method,
        .url = by_gateway ? settings_.gateway + "/" + address.place + address.rest : address.url,
        .body = hop.body,
        .headers = hop.headers,
        .user_agent = user_agent_,
        .deadline = settings_.deadline,
        .most_bytes = settings_.max_body,
        .connect_to = settings_.connect_to,
        .proxy = proxy,
        // The socket that is seen with a proxy is the proxy's.
        .guard = by_gateway || address.allowed || !proxy.empty() ? RawRequest::Guard::kAnyAddress
                                                                 : RawRequest::Guard::kPublicOnly};
    if (!hop.etag.empty()) exchange.headers.emplace_back("If-None-Match", hop.etag);
    if (!hop.last_modified.empty())
      exchange.headers.emplace_back("If-Modified-Since", hop.last_modified);
    const std::string origin = OriginOf(address);
    if (hop.session != nullptr)
      if (std::string cookies = hop.session->HeaderFor(origin, address.rest); !cookies.empty())
        exchange.headers.emplace_back("Cookie", std::move(cookies));
    std::unique_ptr<Transfer> transfer = TakeTransfer();
    auto answer = transfer->Run(exchange, std::move(stop));
    if (answer && hop.session != nullptr)
      for (const std::string& one : answer->set_cookies) hop.session->Take(origin, one);
    idle_.With([&](auto& idle) { idle.push_back(std::move(transfer)); });
    if (!answer || !HasBody(*answer)) return answer;
    TRY(answer->body,
        Inflate(std::move(answer->body), answer->content_encoding, settings_.max_body));
    return answer;
  }

  std::unique_ptr<Transfer> TakeTransfer() {
    auto taken = idle_.With([](auto& idle) {
      std::unique_ptr<Transfer> last;
      if (!idle.empty()) {
        last = std::move(idle.back());
        idle.pop_back();
      }
      return last;
    });
    return taken ? std::move(taken) : std::make_unique<Transfer>();
  }

  static Result<Response> Finish(const FetchRequest& request, const WebAddress& address,
                                 RawAnswer answer) {
    Mended mended = request.expects == FetchRequest::Body::kJson
                        ? MendJson(std::move(answer.body))
                        : MendDocument(std::move(answer.body));
    return Response{.status = answer.status,
                    .body = std::move(mended.text),
                    .mended = mended.changed,
                    .content_type = std::move(answer.content_type),
                    .etag = std::move(answer.etag),
                    .last_modified = std::move(answer.last_modified),
                    .final_url = address.url};
  }

  const FetchSettings settings_;
  const std::string user_agent_;
  Pacing pacing_;
  const std::shared_ptr<SharedPacing> shared_;  // or null
  Guarded<std::vector<std::unique_ptr<Transfer>>> idle_;
  Guarded<std::minstd_rand> random_{std::minstd_rand(std::random_device{}())};
};

}  // namespace

namespace {

// "127.0.0.1:9001", "[::1]", "gateway.example.com".
bool IsHostAndPort(std::string_view place) {
  std::size_t end = place.find(':');
  if (place.starts_with('[')) {
    end = place.find(']');
    if (end == std::string_view::npos) return false;
    ++end;
  }
  const std::string_view host = place.substr(0, end);
  const std::string_view port = place.substr(std::min(end, place.size()));
  if (port.empty()) return !host.empty();
  int number = 0;
  const auto [stop, failure] = std::from_chars(port.data() + 1, port.data() + port.size(), number);
  return !host.empty() && port.starts_with(':') && failure == std::errc{} &&
         stop == port.data() + port.size() && number >= 1 && number <= 65'535;
}

}  // namespace

Result<void> CheckGateway(const FetchSettings& settings) {
  const std::string& gateway = settings.gateway;
  const std::size_t host = gateway.starts_with("http://")    ? 7
                           : gateway.starts_with("https://") ? 8
                                                             : gateway.size();
  const std::string_view place =
      std::string_view(gateway).substr(host).substr(0, gateway.find('/', host) - host);
  if (gateway.empty() ||
      (IsHostAndPort(place) && std::ranges::none_of(gateway, [](unsigned char c) {
         return c <= ' ' || c == 0x7F || c == '?' || c == '#' || c == '"';
       })))
    return {};
  return Fail(Errc::kInvalidInput,
              fmt::format("the gateway (ROLECALL_GATEWAY) must be a URL such as "
                          "http://127.0.0.1:9001, and is {}",
                          Quoted(gateway)));
}

Result<std::unique_ptr<Fetcher>> MakeHttpFetcher(FetchSettings settings,
                                                 std::shared_ptr<SharedPacing> shared) {
  CHECK_OK(CheckGateway(settings));
  if (settings.gateway.empty()) CHECK_OK(CheckProxies(settings.proxies));
  while (settings.gateway.ends_with('/')) settings.gateway.pop_back();
  std::string user_agent =
      fmt::format("rolecall/{}{}", ROLECALL_VERSION,
                  settings.contact.empty() ? "" : fmt::format(" (+{})", settings.contact));
  std::vector<std::string> allowed = settings.allowed_hosts;
  return MakeRobotsFetcher(
      std::make_unique<HttpFetcher>(std::move(settings), std::move(user_agent), std::move(shared)),
      std::move(allowed));
}

}  // namespace rolecall
