// Google as an issuer of tokens: its keys, and what its tokens must say
// (https://developers.google.com/identity/openid-connect/openid-connect#validatinganidtoken).
#pragma once

#include <boost/json.hpp>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "api/tokens.h"
#include "base/clock.h"
#include "base/error.h"
#include "fetch/fetcher.h"

namespace rolecall {

// The issuer's keys, had once an hour for everybody. Safe to use from several threads.
class GoogleKeys {
 public:
  // The fetcher outlives this.
  explicit GoogleKeys(Fetcher& fetcher) : fetcher_(fetcher) {}

  // The key of that id. One that is not known is asked for, at most once a minute; kInvalidInput
  // where the issuer has none such. kUpstream or kUnavailable where its keys could not be had; they
  // are asked for again after five seconds.
  Result<Jwk> Find(std::string_view key_id, Timestamp now);

 private:
  using Keys = std::map<std::string, Jwk, std::less<>>;
  class Asking;
  Result<Keys> Fetch();
  bool ShouldAsk(std::string_view key_id, Timestamp now) const;  // under the lock

  Fetcher& fetcher_;
  std::mutex mutex_;
  std::condition_variable asked_;
  bool asking_ = false;
  Keys keys_;
  std::optional<Timestamp> had_at_;    // when keys_ came
  std::optional<Timestamp> tried_at_;  // when they were asked for last
  std::optional<Error> failed_;        // of the last attempt
};

struct GoogleUser {
  std::string email;  // folded
  std::string name;
  std::string picture_url;
};

// Whom verified claims are of. kInvalidInput where issuer, audience, times or the address are not
// right.
Result<GoogleUser> ReadGoogleClaims(const boost::json::object& claims, std::string_view client_id,
                                    Timestamp now);

}  // namespace rolecall
