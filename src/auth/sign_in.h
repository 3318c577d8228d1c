// Who is asking: tokens that this server signs, and the ways to get one.
#pragma once

#include <chrono>
#include <cstdint>
#include <expected>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "db/db.h"
#include "fetch/fetcher.h"
#include "store/users/users.h"

namespace rolecall {

struct SignInSettings {
  std::string secret;                       // SECRET_KEY: at least 16 bytes
  std::string google_client_id;             // GOOGLE_CLIENT_ID; empty: nobody signs in with Google
  std::vector<std::string> allowed_emails;  // ALLOWED_EMAILS, in lower case; empty lets nobody in
  std::chrono::seconds token_lasts{std::chrono::hours{24}};
};

// A JWT of ours: HS256 with `secret`, which is not empty, claims sub, email, user_id, name,
// picture, epoch, iat, exp. A name or picture of over 400 bytes is left out of it.
std::string SignToken(std::string_view secret, const UserProfile& user, Timestamp now,
                      std::chrono::seconds lasts);

// Whoever has a token that was found good.
struct SignedIn : UserProfile {
  Timestamp until{};  // when it is refused at the latest, because it has expired
};

// Safe to use from several threads.
class SignIn {
 public:
  // `fetcher` gets the issuer's keys. Both must outlive this.
  SignIn(Database& database, Fetcher& fetcher, SignInSettings settings);
  SignIn(const SignIn&) = delete;
  SignIn& operator=(const SignIn&) = delete;
  ~SignIn();

  struct Refused {  // why somebody is not let in
    int status = 401;
    std::string message;                  // a sentence; never with any of a token or password
    std::chrono::seconds retry_after{0};  // 0: not told
    std::string failure{};                // what went wrong, for the log alone; else empty
  };
  struct Token {
    std::string access_token;
    std::chrono::seconds expires_in{0};
  };
  template <typename T>
  using Outcome = std::expected<T, Refused>;

  // The user whom a token is of: signed by us (HS256 and nothing else), not expired (60 s of skew),
  // of a user who exists under the token's address, and of the epoch of the user's password. A
  // database that fails is 503, here and below.
  // `read` gives the user as LoadProfile does, and may read more in the same statement.
  using ReadUser = std::function<Result<UserProfile>(Connection& db, std::int64_t user_id)>;
  Outcome<SignedIn> Check(std::string_view token, Timestamp now,
                          const ReadUser& read = LoadProfile);

  // With a Google ID token: checked against the issuer's keys, its audience and issuer, expiry, and
  // that the address is verified (else 401) and allowed (else 403). Makes the user where there is
  // none. 403 where GOOGLE_CLIENT_ID is not set, 503 where the issuer's keys cannot be had.
  Outcome<Token> WithGoogle(std::string_view id_token, Timestamp now);

  // In the same time whether or not the address is known; 429 after ten failures in a minute for an
  // account or a peer (of IPv6, all of its /64), and where others keep the place for checking busy.
  Outcome<Token> WithPassword(std::string_view email, std::string_view password,
                              std::string_view peer, Timestamp now);

  // Why a peer may not try a password now, before it waits for its turn; nothing: it may. Quick.
  std::optional<Refused> WhyNotFrom(std::string_view peer, Timestamp now);
  // A try of the peer's that came to no turn: of the peer's ten, not of the account's.
  void NoteAttemptFrom(std::string_view peer, Timestamp now);

  // A secret that signs in once as the local user, within ten minutes. A database that cannot be
  // read leaves it good.
  std::string MakeOnce(Timestamp now);

  // Which of the above are to be had here at all.
  struct Ways {
    std::string google_client_id;  // empty: not with Google
    bool password = false;         // somebody has one
    bool once = false;             // secrets were made
  };
  Outcome<Ways> WaysIn();
  Outcome<Token> WithOnce(std::string_view secret, Timestamp now);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace rolecall
