// How the program asks the web for something: one interface, kept apart from libcurl so that tests
// can stand in.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"

namespace rolecall {

class CookieJar;

struct FetchRequest {
  std::string method = "GET";
  std::string url;
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string pacing_key;     // requests of one key wait for each other; empty: the URL's host
  std::string etag;           // If-None-Match, where not empty
  std::string last_modified;  // If-Modified-Since, where not empty
  // Statuses that this site gives for a moment: tried again as 503 is, and never followed.
  std::vector<int> passing{};
  // The kind of body that is promised: JSON has its escapes mended too.
  enum class Body { kJson, kText } expects = Body::kJson;
  // Cookies of the reading that this request is of, which it takes along and adds to; null: none
  // are sent or kept. Outlives the request.
  CookieJar* session = nullptr;
  bool heeds_robots = false;  // nothing is asked that the host's robots.txt forbids
  // Whether a redirect may be followed to that URL; null: any may. Its error is the fetch's.
  std::function<Result<void>(const std::string& url)> may_follow{};
};

struct Response {
  int status = 0;
  std::string body;     // inflated, and mended: valid UTF-8 without NUL
  bool mended = false;  // some bytes of the body were not UTF-8
  std::string content_type;
  std::string etag;
  std::string last_modified;
  std::string final_url;  // after redirects, the vendor's own address (never the gateway's)
};

class Fetcher {
 public:
  virtual ~Fetcher() = default;

  // Asks, following redirects, waiting for the pacing key, and trying again where that is polite.
  // Any HTTP status is a response; what never became one is an error: kInvalidInput (address
  // refused or malformed), kUpstream (deadline, cut short, over the cap, too many redirects, a
  // Retry-After over a minute, breaker open, forbidden by a robots.txt), kUnavailable (no
  // connection), kCancelled. May be called from several threads.
  virtual Result<Response> Fetch(const FetchRequest& request, std::stop_token stop) = 0;

  // Whether a request of this key would have to wait for a Retry-After, a breaker or two others
  // under way.
  virtual bool IsFree(const std::string& pacing_key) = 0;

  // Has IsFree know of the keys that other processes were asked to keep off. Every second or so,
  // where there are others.
  virtual void LearnHeld() {}
};

}  // namespace rolecall
