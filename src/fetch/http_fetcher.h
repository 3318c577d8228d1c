// The Fetcher over libcurl.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "fetch/fetcher.h"
#include "fetch/outward_proxy.h"
#include "fetch/pacing.h"
#include "fetch/shared_pacing.h"

namespace rolecall {

struct FetchSettings {
  std::string gateway;  // "http://127.0.0.1:9001": https://HOST/PATH is asked as GATEWAY/HOST/PATH;
                        // empty: none
  OutwardProxies proxies;                      // no gateway is asked through them
  std::chrono::milliseconds deadline{30'000};  // for one whole answer
  std::size_t max_body = 64 << 20;             // bytes, inflated
  PacingSettings pacing;
  std::vector<std::string> allowed_hosts;  // private ones that may be asked all the same
  std::string contact;                     // who runs this, for the User-Agent
  int max_redirects = 5;
  int tries = 3;                           // of a 5xx, a 429 or a broken connection
  std::chrono::milliseconds backoff{500};  // before the second try; doubles, with jitter
  std::chrono::seconds longest_wait{60};   // of a Retry-After; a longer one is an error
  // Where tests have names lead to, as CURLOPT_CONNECT_TO writes it:
  // "example.com:443:127.0.0.1:9001". The guard sees the address that comes of it.
  std::vector<std::string> connect_to;
};

// kInvalidInput where the gateway is no http or https URL.
Result<void> CheckGateway(const FetchSettings& settings);

// Paced by itself, and with all who share the store where `shared` is given; where its database
// fails, Fetch returns kCancelled, with what it said. Fails as CheckGateway and, without a gateway,
// as CheckProxies.
Result<std::unique_ptr<Fetcher>> MakeHttpFetcher(FetchSettings settings,
                                                 std::shared_ptr<SharedPacing> shared = nullptr);

}  // namespace rolecall
