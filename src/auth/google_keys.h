// Google as an issuer of tokens: its keys, and what its tokens must say
// (https://developers.google.com/identity/openid-connect/openid-connect#validatinganidtoken).
#pragma once

#include <boost/json.hpp>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "auth/tokens.h"
#include "base/clock.h"
#include "base/error.h"
#include "fetch/fetcher.h"

namespace rolecall {

struct GooglePatience {
  std::chrono::milliseconds look{5'000};    // for the issuer to answer
  std::chrono::milliseconds others{2'000};  // for a look that somebody else began, from its begin
};

// The issuer's keys, had once an hour for everybody. Safe to use from several threads.
class GoogleKeys {
 public:
  // The fetcher outlives this.
  explicit GoogleKeys(Fetcher& fetcher, GooglePatience patience = {})
      : fetcher_(fetcher), patience_(patience) {}

  // The key of that id. One that is not known is asked for, at most once a minute; kInvalidInput
  // where the issuer has none such. kUpstream or kUnavailable where its keys could not be had, also
  // in time; they are asked for again five seconds after that was known. A key that is known waits
  // for nobody.
  Result<Jwk> Find(std::string_view key_id, Timestamp now);

 private:
  using Keys = std::map<std::string, Jwk, std::less<>>;
  class Asking;
  Result<Keys> Fetch();
  // Under the lock.
  const Jwk* Known(std::string_view key_id, Timestamp now) const;
  bool ShouldAsk(Timestamp now) const;
  bool IsGood(Timestamp now) const;
  void Ask(std::unique_lock<std::mutex>& lock, Timestamp now);

  Fetcher& fetcher_;
  const GooglePatience patience_;
  std::mutex mutex_;
  std::condition_variable asked_;
  std::optional<std::chrono::steady_clock::time_point> asking_since_;
  Keys keys_;
  std::optional<Timestamp> had_at_;    // when keys_ came
  std::optional<Timestamp> tried_at_;  // the last attempt; the end of one that failed
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
