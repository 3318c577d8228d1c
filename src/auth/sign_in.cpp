// The ways to a token. Each way in ends at one place, which notes the login and signs the token.
#include "auth/sign_in.h"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "auth/google_keys.h"
#include "auth/once_secrets.h"
#include "auth/opened_tokens.h"
#include "auth/passwords.h"
#include "auth/recent_failures.h"
#include "auth/tokens.h"
#include "http/message.h"

namespace rolecall {
namespace json = boost::json;
namespace {

using Refused = SignIn::Refused;

constexpr std::chrono::seconds kSoon{5};
constexpr std::size_t kLongestClaim = 400;

json::value Claim(const std::string& text) {
  return text.empty() || text.size() > kLongestClaim ? json::value() : json::value(text);
}

std::string Sign(const Jwk& key, const UserProfile& user, Timestamp now,
                 std::chrono::seconds lasts) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch();
  return SignClaims({{"sub", user.email},
                     {"email", user.email},
                     {"user_id", user.id},
                     {"name", Claim(user.name)},
                     {"picture", Claim(user.picture_url)},
                     {"epoch", user.token_epoch},
                     {"iat", seconds.count()},
                     {"exp", (seconds + lasts).count()}},
                    key);
}

// The sentence of an error as one that stands alone: "the token has expired" as "The token has
// expired.".
std::string Sentence(std::string text) {
  if (!text.empty() && text.front() >= 'a' && text.front() <= 'z') text.front() -= 'a' - 'A';
  if (!text.ends_with('.')) text += '.';
  return text;
}

std::unexpected<Refused> Unauthorised(std::string message) {
  return std::unexpected(Refused{.status = 401, .message = Sentence(std::move(message))});
}

std::unexpected<Refused> Forbidden(std::string message) {
  return std::unexpected(Refused{.status = 403, .message = std::move(message)});
}

std::unexpected<Refused> TooMany(std::string message, std::chrono::seconds wait) {
  return std::unexpected(
      Refused{.status = 429, .message = std::move(message), .retry_after = wait});
}

Refused TooManyFailures(std::chrono::seconds wait) {
  return {.status = 429,
          .message = fmt::format("Too many failures to sign in: try again in {} s.", wait.count()),
          .retry_after = wait};
}

// "peer 10.1.2.3", "peer 2001:db8:1:2::/64": whoever has one address of IPv6 has all of its
// network.
std::string PeerKey(std::string_view peer) {
  in6_addr address{};
  if (inet_pton(AF_INET6, std::string(peer).c_str(), &address) != 1)
    return fmt::format("peer {}", peer);
  std::fill(std::begin(address.s6_addr) + 8, std::end(address.s6_addr), 0);
  std::array<char, INET6_ADDRSTRLEN> network{};
  inet_ntop(AF_INET6, &address, network.data(), network.size());
  return fmt::format("peer {}/64", network.data());
}

std::unexpected<Refused> Failing(std::string_view message, const Error& error) {
  return std::unexpected(Refused{.status = 503,
                                 .message = std::string(message),
                                 .retry_after = kSoon,
                                 .failure = error.message});
}

std::unexpected<Refused> NoDatabase(const Error& error) { return Failing(kDatabaseIsAway, error); }

// Both addresses of a token, where it has them, are the user's, and it has one of them.
bool Names(const json::object& claims, const UserProfile& user) {
  bool named = false;
  for (const std::string_view claim : {"email", "sub"}) {
    if (!claims.contains(claim)) continue;
    if (FoldEmail(TextClaim(claims, claim)) != user.email) return false;
    named = true;
  }
  return named;
}

// A token of another program has none, and holds until the password first changes.
std::int64_t EpochOf(const json::object& claims) {
  const json::value* epoch = claims.if_contains("epoch");
  if (epoch == nullptr || epoch->is_null()) return 0;
  return epoch->is_int64() ? epoch->get_int64() : -1;
}

}  // namespace

std::string SignToken(std::string_view secret, const UserProfile& user, Timestamp now,
                      std::chrono::seconds lasts) {
  return Sign(SecretKey(secret), user, now, lasts);
}

class SignIn::Impl {
 public:
  Impl(Database& the_database, Fetcher& fetcher, SignInSettings the_settings)
      : database(the_database),
        settings(std::move(the_settings)),
        key(SecretKey(settings.secret)),
        google(fetcher) {}

  // The token of a user who proved to be one; notes the login.
  Outcome<Token> Admit(const UserProfile& user, Timestamp now);
  Result<UserProfile> Enter(const GoogleUser& user, Timestamp now);
  Token TokenOf(const UserProfile& user, Timestamp now) const {
    return {.access_token = Sign(key, user, now, settings.token_lasts),
            .expires_in = settings.token_lasts};
  }
  Result<std::optional<std::string>> HashOf(std::string_view email);
  // The claims of a token of ours.
  Result<OpenedTokens::Claims> Open(std::string_view token);

  Database& database;
  const SignInSettings settings;
  const Jwk key;
  OpenedTokens opened;
  GoogleKeys google;
  PasswordGate gate;
  RecentFailures failures;
  OnceSecrets once;
};

SignIn::SignIn(Database& database, Fetcher& fetcher, SignInSettings settings)
    : impl_(std::make_unique<Impl>(database, fetcher, std::move(settings))) {}
SignIn::~SignIn() = default;

Result<OpenedTokens::Claims> SignIn::Impl::Open(std::string_view token) {
  if (auto claims = opened.Find(token)) return claims;
  TRY(const auto sealed, SealedToken::Read(token, CJOSE_HDR_ALG_HS256));
  TRY(auto claims, sealed.Open(key));
  const auto kept = std::make_shared<const json::object>(std::move(claims));
  opened.Keep(token, kept);
  return kept;
}

SignIn::Outcome<SignedIn> SignIn::Check(std::string_view token, Timestamp now,
                                        const ReadUser& read) {
  const auto opened = impl_->Open(token);
  if (!opened) return Unauthorised(opened.error().message);
  const json::object& claims = **opened;
  const auto until = CheckTimes(claims, now);
  if (!until) return Unauthorised(until.error().message + ": sign in again");
  const json::value* id = claims.if_contains("user_id");
  if (id == nullptr || !id->is_int64()) return Unauthorised("the token names no user");
  auto db = impl_->database.Reader();
  if (!db) return NoDatabase(db.error());
  auto user = read(**db, id->get_int64());
  if (!user && user.error().code != Errc::kNotFound) return NoDatabase(user.error());
  if (!user || !Names(claims, *user))
    return Unauthorised("the token is of a user who does not exist any more");
  if (EpochOf(claims) != user->token_epoch)
    return Unauthorised("the password was changed after this token: sign in again");
  return SignedIn{*std::move(user), *until};
}

SignIn::Outcome<SignIn::Token> SignIn::Impl::Admit(const UserProfile& user, Timestamp now) {
  auto tx = database.Write();
  if (!tx) return NoDatabase(tx.error());
  if (const auto noted = NoteLogin(*tx, user.id, {}, now); !noted) return NoDatabase(noted.error());
  if (const auto done = tx->Commit(); !done) return NoDatabase(done.error());
  return TokenOf(user, now);
}

Result<UserProfile> SignIn::Impl::Enter(const GoogleUser& user, Timestamp now) {
  TRY(auto tx, database.Write());
  const auto added =
      AddUser(tx, {.email = user.email, .name = "", .picture_url = "", .password_hash = ""}, now);
  if (!added && added.error().code != Errc::kConflict) return std::unexpected(added.error());
  TRY(const UserProfile known, LoadProfileOf(tx.db(), user.email));
  CHECK_OK(NoteLogin(tx, known.id, {.name = user.name, .picture_url = user.picture_url}, now));
  TRY(UserProfile profile, LoadProfile(tx.db(), known.id));
  CHECK_OK(tx.Commit());
  return profile;
}

SignIn::Outcome<SignIn::Token> SignIn::WithGoogle(std::string_view id_token, Timestamp now) {
  const auto sealed = SealedToken::Read(id_token, CJOSE_HDR_ALG_RS256);
  if (!sealed) return Unauthorised(sealed.error().message);
  if (impl_->settings.google_client_id.empty())
    return Forbidden("GOOGLE_CLIENT_ID is not set, so that nobody can sign in with Google here.");
  const auto key = impl_->google.Find(sealed->key_id(), now);
  if (!key && key.error().code != Errc::kInvalidInput)
    return Failing("Nobody can sign in with Google at the moment: try again soon.", key.error());
  if (!key) return Unauthorised(key.error().message);
  const auto claims = sealed->Open(*key);
  if (!claims) return Unauthorised(claims.error().message);
  const auto user = ReadGoogleClaims(*claims, impl_->settings.google_client_id, now);
  if (!user) return Unauthorised(user.error().message);
  const auto& allowed = impl_->settings.allowed_emails;
  if (allowed.empty()) return Forbidden("ALLOWED_EMAILS is empty, which lets nobody in.");
  if (std::ranges::find(allowed, user->email) == allowed.end())
    return Forbidden("This address is not one of ALLOWED_EMAILS.");
  const auto profile = impl_->Enter(*user, now);
  if (!profile && profile.error().code == Errc::kInvalidInput)
    return Unauthorised(profile.error().message);
  if (!profile) return NoDatabase(profile.error());
  return impl_->TokenOf(*profile, now);
}

Result<std::optional<std::string>> SignIn::Impl::HashOf(std::string_view email) {
  TRY(auto db, database.Reader());
  return LoadPasswordHash(*db, email);
}

SignIn::Outcome<SignIn::Token> SignIn::WithPassword(std::string_view email,
                                                    std::string_view password,
                                                    std::string_view peer, Timestamp now) {
  const std::string account = "account " + FoldEmail(email);
  const std::array<std::string, 2> keys{account, PeerKey(peer)};
  if (const auto wait = impl_->failures.Begin(keys, now); wait.count() > 0)
    return std::unexpected(TooManyFailures(wait));
  // No connection is held while a password is hashed.
  const auto hash = impl_->HashOf(email);
  if (!hash) {
    impl_->failures.TakeBack(keys, now);
    return NoDatabase(hash.error());
  }
  const PasswordVerdict verdict = impl_->gate.Check(*hash, password);
  if (verdict == PasswordVerdict::kWrong)
    return Unauthorised("the address or the password is not right");
  if (verdict == PasswordVerdict::kBusy) {
    impl_->failures.TakeBack({&keys[0], 1}, now);
    return TooMany("Too many people sign in at once: try again in a moment.",
                   std::chrono::seconds(1));
  }
  impl_->failures.TakeBack(keys, now);
  impl_->failures.Forget(account);
  auto db = impl_->database.Reader();
  if (!db) return NoDatabase(db.error());
  auto user = LoadProfileOf(**db, email);
  if (!user) return NoDatabase(user.error());
  db->reset();
  return impl_->Admit(*user, now);
}

std::optional<Refused> SignIn::WhyNotFrom(std::string_view peer, Timestamp now) {
  const auto wait = impl_->failures.WaitOf(PeerKey(peer), now);
  if (wait.count() == 0) return std::nullopt;
  return TooManyFailures(wait);
}

void SignIn::NoteAttemptFrom(std::string_view peer, Timestamp now) {
  impl_->failures.Note(PeerKey(peer), now);
}

std::string SignIn::MakeOnce(Timestamp now) { return impl_->once.Make(now); }

SignIn::Outcome<SignIn::Ways> SignIn::WaysIn() {
  auto db = impl_->database.Reader();
  if (!db) return NoDatabase(db.error());
  const auto passwords = HasPasswords(**db);
  if (!passwords) return NoDatabase(passwords.error());
  // An empty ALLOWED_EMAILS lets nobody in.
  const bool google = !impl_->settings.allowed_emails.empty();
  return Ways{.google_client_id = google ? impl_->settings.google_client_id : "",
              .password = *passwords,
              .once = impl_->once.WereMade()};
}

SignIn::Outcome<SignIn::Token> SignIn::WithOnce(std::string_view secret, Timestamp now) {
  // First: while the database is away the secret stays good.
  auto db = impl_->database.Reader();
  if (!db) return NoDatabase(db.error());
  auto user = LoadProfileOf(**db, kLocalUser);
  if (!user) return NoDatabase(user.error());
  db->reset();
  if (!impl_->once.Use(secret, now))
    return Unauthorised("this address was used already, or is older than ten minutes");
  return impl_->Admit(*user, now);
}

}  // namespace rolecall
