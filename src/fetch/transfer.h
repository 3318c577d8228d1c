// One exchange over libcurl: no redirects, no second try, the body as it came.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "fetch/tls.h"
#include "fetch/tried.h"

namespace rolecall {

inline constexpr std::chrono::milliseconds kConnectWithin{10'000};  // or the deadline

struct RawRequest {
  std::string method;
  std::string url;  // where the request really goes, a gateway's address with one
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string user_agent;
  std::chrono::milliseconds deadline{0};
  std::size_t most_bytes = 0;
  std::vector<std::string> connect_to;  // as FetchSettings has it
  std::string proxy;                    // as ProxyFor gives it; empty: none
  enum class Guard { kPublicOnly, kAnyAddress } guard = Guard::kPublicOnly;
};

struct RawAnswer {
  int status = 0;
  std::string body;
  std::string content_type, content_encoding, etag, last_modified, location, retry_after;
  std::vector<std::string> set_cookies;
};

// A reusable connection keeper. Used by one thread at a time.
class Transfer {
 public:
  Transfer();
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;
  ~Transfer();

  // kInvalidInput: the address was refused when the socket opened. kUpstream: deadline, cut short,
  // over the cap. kUnavailable: no connection. kCancelled within a second after stop.
  Tried<RawAnswer> Run(const RawRequest& exchange, std::stop_token stop);

 private:
  TlsSeen seen_;
  CURL* curl_;
};

}  // namespace rolecall
