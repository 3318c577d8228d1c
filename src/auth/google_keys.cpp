// Keeps Google's keys. One thread asks for the keys, and the others wait for its answer, but not
// for long.
#include "auth/google_keys.h"

#include <fmt/format.h>

#include <stop_token>
#include <thread>
#include <utility>

#include "base/wait.h"
#include "store/users/users.h"

namespace rolecall {
namespace json = boost::json;
namespace {

using std::chrono::steady_clock;

constexpr const char* kAddress = "https://www.googleapis.com/oauth2/v3/certs";
constexpr std::chrono::hours kGoodFor{1};
constexpr std::chrono::minutes kBetweenLooks{1};
constexpr std::chrono::seconds kAfterFailure{5};

bool IsVerified(const json::object& claims) {
  const json::value* value = claims.if_contains("email_verified");
  if (value == nullptr) return false;
  return value->is_bool() ? value->get_bool() : TextClaim(claims, "email_verified") == "true";
}

// A stop that comes by itself after a time, unless this ends before.
class Overdue {
 public:
  explicit Overdue(std::chrono::milliseconds patience)
      : thread_([this, patience](const std::stop_token& ended) {
          WaitFor(patience, ended);
          source_.request_stop();
        }) {}
  std::stop_token token() const { return source_.get_token(); }

 private:
  std::stop_source source_;
  std::jthread thread_;
};

}  // namespace

// Others wait while this is; also where asking ends with an exception.
class GoogleKeys::Asking {
 public:
  Asking(GoogleKeys& keys, std::unique_lock<std::mutex>& lock) : keys_(keys), lock_(lock) {
    keys_.asking_since_ = steady_clock::now();
  }
  Asking(const Asking&) = delete;
  Asking& operator=(const Asking&) = delete;
  ~Asking() {
    if (!lock_.owns_lock()) lock_.lock();
    keys_.asking_since_.reset();
    keys_.asked_.notify_all();
  }

 private:
  GoogleKeys& keys_;
  std::unique_lock<std::mutex>& lock_;
};

Result<GoogleKeys::Keys> GoogleKeys::Fetch() {
  const Overdue overdue(patience_.look);
  auto response = fetcher_.Fetch({.url = kAddress}, overdue.token());
  if (!response && response.error().code == Errc::kCancelled)
    return Fail(Errc::kUnavailable,
                fmt::format("Google's keys: no answer within {} ms", patience_.look.count()));
  if (!response) return Wrap("Google's keys", std::move(response).error());
  if (response->status != 200)
    return Fail(Errc::kUpstream, fmt::format("Google's keys: HTTP {}", response->status));
  auto keys = ReadKeySet(response->body);
  if (!keys) return Wrap("Google's keys", std::move(keys).error());
  return keys;
}

bool GoogleKeys::IsGood(Timestamp now) const { return had_at_ && now - *had_at_ < kGoodFor; }

const Jwk* GoogleKeys::Known(std::string_view key_id, Timestamp now) const {
  const auto found = keys_.find(key_id);
  return IsGood(now) && found != keys_.end() ? &found->second : nullptr;
}

bool GoogleKeys::ShouldAsk(Timestamp now) const {
  if (!tried_at_) return true;
  return now - *tried_at_ >= (IsGood(now) ? kBetweenLooks : kAfterFailure);
}

void GoogleKeys::Ask(std::unique_lock<std::mutex>& lock, Timestamp now) {
  const Asking asking(*this, lock);
  const auto begun = steady_clock::now();
  lock.unlock();
  auto fetched = Fetch();
  lock.lock();
  tried_at_ = now;
  failed_.reset();
  if (fetched) {
    keys_ = *std::move(fetched);
    had_at_ = now;
  } else {
    // Counted from here: an attempt that took long is not followed by another at once.
    *tried_at_ += std::chrono::duration_cast<std::chrono::seconds>(steady_clock::now() - begun);
    failed_ = std::move(fetched).error();
  }
}

Result<Jwk> GoogleKeys::Find(std::string_view key_id, Timestamp now) {
  std::unique_lock lock(mutex_);
  if (const Jwk* known = Known(key_id, now)) return *known;
  if (asking_since_ && !asked_.wait_until(lock, *asking_since_ + patience_.others,
                                          [this] { return !asking_since_; }))
    return Fail(Errc::kUnavailable, "Google's keys: they are being asked for already");
  if (Known(key_id, now) == nullptr && ShouldAsk(now)) Ask(lock, now);
  if (const Jwk* known = Known(key_id, now)) return *known;
  if (failed_) return std::unexpected(*failed_);
  return Fail(Errc::kInvalidInput, "the token is signed with a key that Google does not have");
}

Result<GoogleUser> ReadGoogleClaims(const json::object& claims, std::string_view client_id,
                                    Timestamp now) {
  const std::string issuer = TextClaim(claims, "iss");
  if (issuer != "accounts.google.com" && issuer != "https://accounts.google.com")
    return Fail(Errc::kInvalidInput, "the token is of another issuer than Google");
  if (client_id.empty() || TextClaim(claims, "aud") != client_id)
    return Fail(Errc::kInvalidInput, "the token was made for another program");
  CHECK_OK(CheckTimes(claims, now));
  if (!claims.contains("iat"))
    return Fail(Errc::kInvalidInput, "the token does not say when it was made");
  GoogleUser user{.email = FoldEmail(TextClaim(claims, "email")),
                  .name = TextClaim(claims, "name"),
                  .picture_url = TextClaim(claims, "picture")};
  if (user.email.empty() || !IsVerified(claims))
    return Fail(Errc::kInvalidInput, "the token's e-mail address is not verified");
  return user;
}

}  // namespace rolecall
