// One thread asks for the keys, and the others wait for its answer.
#include "api/google_keys.h"

#include <fmt/format.h>

#include "store/users.h"

namespace rolecall {
namespace json = boost::json;
namespace {

constexpr const char* kAddress = "https://www.googleapis.com/oauth2/v3/certs";
constexpr std::chrono::hours kGoodFor{1};
constexpr std::chrono::minutes kBetweenLooks{1};
constexpr std::chrono::seconds kAfterFailure{5};

bool IsVerified(const json::object& claims) {
  const json::value* value = claims.if_contains("email_verified");
  if (value == nullptr) return false;
  return value->is_bool() ? value->get_bool() : TextClaim(claims, "email_verified") == "true";
}

}  // namespace

// Others wait while this is; also where asking ends with an exception.
class GoogleKeys::Asking {
 public:
  Asking(GoogleKeys& keys, std::unique_lock<std::mutex>& lock) : keys_(keys), lock_(lock) {
    keys_.asking_ = true;
  }
  Asking(const Asking&) = delete;
  Asking& operator=(const Asking&) = delete;
  ~Asking() {
    if (!lock_.owns_lock()) lock_.lock();
    keys_.asking_ = false;
    keys_.asked_.notify_all();
  }

 private:
  GoogleKeys& keys_;
  std::unique_lock<std::mutex>& lock_;
};

Result<GoogleKeys::Keys> GoogleKeys::Fetch() {
  auto response = fetcher_.Fetch({.url = kAddress}, {});
  if (!response) return Wrap("Google's keys", std::move(response).error());
  if (response->status != 200)
    return Fail(Errc::kUpstream, fmt::format("Google's keys: HTTP {}", response->status));
  auto keys = ReadKeySet(response->body);
  if (!keys) return Wrap("Google's keys", std::move(keys).error());
  return keys;
}

bool GoogleKeys::ShouldAsk(std::string_view key_id, Timestamp now) const {
  const bool good = had_at_ && now - *had_at_ < kGoodFor;
  if (good && keys_.contains(key_id)) return false;
  if (!tried_at_) return true;
  return now - *tried_at_ >= (good ? kBetweenLooks : kAfterFailure);
}

Result<Jwk> GoogleKeys::Find(std::string_view key_id, Timestamp now) {
  std::unique_lock lock(mutex_);
  asked_.wait(lock, [this] { return !asking_; });
  if (ShouldAsk(key_id, now)) {
    const Asking asking(*this, lock);
    tried_at_ = now;
    lock.unlock();
    auto fetched = Fetch();
    lock.lock();
    failed_.reset();
    if (fetched) {
      keys_ = *std::move(fetched);
      had_at_ = now;
    } else {
      failed_ = std::move(fetched).error();
    }
  }
  const bool good = had_at_ && now - *had_at_ < kGoodFor;
  const auto found = keys_.find(key_id);
  if (good && found != keys_.end()) return found->second;
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
