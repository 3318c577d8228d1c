// One exchange with a service of AWS over libcurl, signed or not: no redirects, no second try.
#pragma once

#include <chrono>
#include <expected>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/guarded.h"

namespace rolecall {

// With what a request is signed (Signature Version 4).
struct Signing {
  std::string region, service;
  std::string access_key, secret_key;
  std::string session_token;  // empty: none
};

struct HttpCall {
  // libcurl 7.88 signs a path with ':' wrongly, and parameters that are unsorted or lack their '='.
  std::string url;
  // "Name: value". An empty value would be signed and not sent.
  std::vector<std::string> headers;
  std::optional<std::string> body;  // a POST; nothing: a GET
  std::optional<Signing> signing;
  std::chrono::milliseconds time{0};  // for all of it; a connection has 5 s of it
  enum class Proxy : std::uint8_t { kOfEnvironment, kNone } proxy = Proxy::kOfEnvironment;
};

struct HttpAnswer {
  int status = 0;
  std::string body;
  std::map<std::string, std::string> headers;  // names in lower case

  // "" for none.
  std::string HeaderOf(const std::string& name) const;
};

// Why there is no answer. kUnavailable: no connection, broken off, not in time; kUpstream: not to
// be trusted, or over 16 MiB; kCancelled: within a second after a stop.
struct CallFailure {
  Error error;
  bool may_have_arrived;  // the request was on its way
  bool another_may_mend_it;
};

// Keeps connections between calls. Any thread.
class HttpCalls {
 public:
  HttpCalls();
  HttpCalls(const HttpCalls&) = delete;
  HttpCalls& operator=(const HttpCalls&) = delete;
  ~HttpCalls();

  std::expected<HttpAnswer, CallFailure> Make(const HttpCall& call, std::stop_token stop);

 private:
  struct Handle;

  Guarded<std::vector<std::unique_ptr<Handle>>> idle_;
};

}  // namespace rolecall
