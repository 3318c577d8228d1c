// The three ways in, and the tokens that they give.
#include "auth/sign_in.h"

#include <gmock/gmock.h>

#include "auth/passwords.h"
#include "auth/tokens.h"
#include "store/migrate.h"
#include "tests/support/canned_fetcher.h"
#include "tests/support/databases.h"
#include "tests/support/issuer.h"
#include "tests/support/manual_clock.h"
#include "tests/support/secret.h"

namespace rolecall {
namespace {

namespace json = boost::json;
using std::chrono::seconds;
using testing::HasSubstr;

constexpr const char* kPassword = "correct horse";

class Entrance : public testing::Test {
 protected:
  Entrance() : database_(OpenDatabase("sqlite::memory:").value()) {
    EXPECT_TRUE(Migrate(*database_, kTestNow));
    // One hash for all: each costs a moment.
    static const std::string kHash = HashPassword(kPassword).value();
    auto tx = database_->Write().value();
    ann_ =
        AddUser(tx, {.email = "ann@example.org", .name = "Ann", .password_hash = kHash}, kTestNow)
            .value();
    EXPECT_TRUE(tx.Commit());
  }
  SignIn& sign_in() {
    if (!sign_in_)
      sign_in_ = std::make_unique<SignIn>(
          *database_, fetcher_, SignInSettings{kSecret, client_id_, allowed_, seconds(3600)});
    return *sign_in_;
  }
  UserProfile Ann() { return LoadProfile(*database_->Reader().value(), ann_).value(); }
  SignIn::Outcome<SignIn::Token> Login(std::string_view email, std::string_view password,
                                       std::string_view peer = "10.0.0.1") {
    return sign_in().WithPassword(email, password, peer, clock_.Now());
  }
  json::object GoogleClaims() const {
    const std::int64_t now = kTestNow.time_since_epoch().count() / 1000;
    return {{"iss", "accounts.google.com"},
            {"aud", "our client"},
            {"iat", now},
            {"exp", now + 3600},
            {"email", "Bob@Example.org"},
            {"email_verified", true},
            {"name", "Bob"},
            {"picture", "https://p/1"}};
  }
  SignIn::Outcome<SignIn::Token> Google(const json::value& claims) {
    return sign_in().WithGoogle(issuer_.Token(claims), clock_.Now());
  }
  std::string OursWith(const json::value& claims) {
    return Signed(claims, MakeSecretKey(kSecret), {{"alg", "HS256"}});
  }
  std::int64_t Soon() const { return kTestNow.time_since_epoch().count() / 1000 + 100; }

  std::unique_ptr<Database> database_;
  ManualClock clock_{kTestNow};
  Issuer issuer_;
  Result<Response> keys_ = Ok(issuer_.KeySet());
  CannedFetcher fetcher_{[this](const FetchRequest&) { return keys_; }};
  std::string client_id_ = "our client";
  std::vector<std::string> allowed_{"bob@example.org"};
  std::int64_t ann_ = 0;
  std::unique_ptr<SignIn> sign_in_;
};

TEST_F(Entrance, KnowsTheUserOfAToken) {
  const std::string token = SignToken(kSecret, Ann(), kTestNow, seconds(60));

  const auto user = sign_in().Check(token, kTestNow);

  ASSERT_TRUE(user) << user.error().message;
  EXPECT_EQ(user->id, ann_);
  EXPECT_EQ(user->name, "Ann");
  const auto late = sign_in().Check(token, kTestNow + seconds(120));
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().status, 401);
  EXPECT_THAT(late.error().message, HasSubstr("expired"));
}

TEST_F(Entrance, RefusesTheTokenOfAUserWhoIsGoneOrIsAnotherByNow) {
  const std::string token = SignToken(kSecret, Ann(), kTestNow, seconds(60));
  EXPECT_TRUE(sign_in().Check(token, kTestNow));
  auto tx = database_->Write().value();
  EXPECT_TRUE(tx->Run("DELETE FROM users WHERE user_id = :id", {{"id", ann_}}));
  EXPECT_TRUE(tx.Commit());
  EXPECT_EQ(sign_in().Check(token, kTestNow).error().status, 401);

  auto again = database_->Write().value();
  EXPECT_TRUE(again->Run(R"(
      INSERT INTO users (user_id, email, name, created_at)
      VALUES (:id, 'eve@example.org', 'Eve', :now))",
                         {{"id", ann_}, {"now", kTestNow}}));
  EXPECT_TRUE(again.Commit());

  EXPECT_EQ(sign_in().Check(token, kTestNow).error().status, 401);
}

TEST_F(Entrance, EndsOlderTokensWithANewPassword) {
  const std::string before = SignToken(kSecret, Ann(), kTestNow, seconds(60));
  const std::string without =
      OursWith({{"user_id", ann_}, {"sub", "ann@example.org"}, {"exp", Soon()}});
  EXPECT_TRUE(sign_in().Check(before, kTestNow));
  EXPECT_TRUE(sign_in().Check(without, kTestNow));

  auto tx = database_->Write().value();
  EXPECT_TRUE(SetPassword(tx, ann_, "$argon2id$x"));
  EXPECT_TRUE(tx.Commit());

  EXPECT_EQ(sign_in().Check(before, kTestNow).error().status, 401);
  EXPECT_EQ(sign_in().Check(without, kTestNow).error().status, 401);
  EXPECT_TRUE(sign_in().Check(SignToken(kSecret, Ann(), kTestNow, seconds(60)), kTestNow));
}

TEST_F(Entrance, HoldsATokenToItsUsersNumberAndAddress) {
  const auto is_let_in = [&](json::object claims) {
    claims["exp"] = Soon();
    return sign_in().Check(OursWith(claims), kTestNow).has_value();
  };

  EXPECT_TRUE(is_let_in({{"user_id", ann_}, {"sub", "ann@example.org"}}));
  EXPECT_TRUE(is_let_in({{"user_id", ann_}, {"email", "Ann@example.org"}}));
  EXPECT_FALSE(is_let_in({{"user_id", ann_}}));
  EXPECT_FALSE(is_let_in({{"user_id", ann_}, {"sub", "ann@example.org"}, {"email", "eve@b"}}));
  EXPECT_FALSE(is_let_in({{"user_id", ann_}, {"sub", 5}}));
  EXPECT_FALSE(is_let_in({{"user_id", std::to_string(ann_)}, {"sub", "ann@example.org"}}));
  EXPECT_FALSE(is_let_in({{"user_id", static_cast<double>(ann_)}, {"sub", "ann@example.org"}}));
  EXPECT_FALSE(is_let_in({{"sub", "ann@example.org"}}));
}

TEST_F(Entrance, LeavesOutOfATokenWhatWouldMakeItTooLong) {
  UserProfile ann = Ann();
  ann.name = std::string(100'000, 'a');

  EXPECT_TRUE(sign_in().Check(SignToken(kSecret, ann, kTestNow, seconds(60)), kTestNow));
}

TEST_F(Entrance, OpensForTheRightPassword) {
  const auto token = Login("ANN@example.org", kPassword);

  ASSERT_TRUE(token) << token.error().message;
  EXPECT_EQ(token->expires_in, seconds(3600));
  EXPECT_EQ(sign_in().Check(token->access_token, kTestNow)->id, ann_);
  EXPECT_EQ(Ann().last_login, kTestNow);
}

TEST_F(Entrance, SaysTheSameOfAnUnknownUserAWrongPasswordAndNone) {
  const auto wrong = Login("ann@example.org", "wrong password");
  const auto unknown = Login("nobody@example.org", kPassword);
  const auto without = Login(kLocalUser, "");

  ASSERT_FALSE(wrong || unknown || without);
  EXPECT_EQ(wrong.error().status, 401);
  EXPECT_EQ(wrong.error().message, unknown.error().message);
  EXPECT_EQ(wrong.error().message, without.error().message);
  EXPECT_EQ(Ann().last_login, std::nullopt);
}

TEST_F(Entrance, IsShutForAMinuteAfterTenFailuresOfAnAccount) {
  for (int peer = 0; peer < 10; ++peer)
    EXPECT_EQ(Login("Ann@example.org", "wrong", std::to_string(peer)).error().status, 401);

  const auto right = Login("ann@example.org", kPassword, "somewhere else");

  ASSERT_FALSE(right);
  EXPECT_EQ(right.error().status, 429);
  EXPECT_EQ(right.error().retry_after, seconds(60));
  clock_.Advance(seconds(60));
  EXPECT_TRUE(Login("ann@example.org", kPassword, "somewhere else"));
}

TEST_F(Entrance, CountsFailuresOfAnAccountHoweverItsAddressIsWritten) {
  const std::vector<std::string> same{"ann@example.org", "\uFEFFann@example.org",
                                      " \uFEFF \uFEFFANN@example.org"};
  for (std::size_t peer = 0; peer < 10; ++peer)
    EXPECT_FALSE(Login(same[peer % same.size()], "wrong", std::to_string(peer)));

  for (const std::string& email : same)
    EXPECT_EQ(Login(email, kPassword, "somewhere else").error().status, 429) << email;
}

TEST_F(Entrance, IsShutForAPeerThatFailsForOneAfterTheOther) {
  for (int name = 0; name < 10; ++name) EXPECT_FALSE(Login(std::to_string(name) + "@b", "wrong"));

  EXPECT_EQ(Login("ann@example.org", kPassword).error().status, 429);
  EXPECT_TRUE(Login("ann@example.org", kPassword, "10.0.0.2"));
}

TEST_F(Entrance, BeginsAnewForAnAccountOnceItsPasswordIsRight) {
  for (int peer = 0; peer < 9; ++peer)
    EXPECT_FALSE(Login("ann@example.org", "wrong", std::to_string(peer)));
  EXPECT_TRUE(Login("ann@example.org", kPassword, "home"));

  EXPECT_EQ(Login("ann@example.org", "wrong", "home").error().status, 401);
  EXPECT_TRUE(Login("ann@example.org", kPassword, "home"));
}

TEST_F(Entrance, OpensOnceForASecret) {
  const std::string secret = sign_in().MakeOnce(kTestNow), other = sign_in().MakeOnce(kTestNow);

  const auto token = sign_in().WithOnce(secret, kTestNow + seconds(599));

  ASSERT_TRUE(token) << token.error().message;
  EXPECT_EQ(sign_in().Check(token->access_token, kTestNow + seconds(599))->email, kLocalUser);
  EXPECT_EQ(sign_in().WithOnce(secret, kTestNow).error().status, 401);
  EXPECT_EQ(sign_in().WithOnce(other.substr(1), kTestNow).error().status, 401);
  EXPECT_EQ(sign_in().WithOnce("", kTestNow).error().status, 401);
  EXPECT_EQ(sign_in().WithOnce(other, kTestNow + seconds(600)).error().status, 401);
}

TEST_F(Entrance, KeepsASecretThatTheDatabaseWasAwayFor) {
  const auto rename = [&](Sql statement) {
    auto tx = database_->Write().value();
    EXPECT_TRUE(tx->Run(statement));
    EXPECT_TRUE(tx.Commit());
  };
  const std::string secret = sign_in().MakeOnce(kTestNow);
  rename("ALTER TABLE users RENAME TO hidden");

  EXPECT_EQ(sign_in().WithOnce(secret, kTestNow).error().status, 503);
  rename("ALTER TABLE hidden RENAME TO users");

  EXPECT_TRUE(sign_in().WithOnce(secret, kTestNow));
}

TEST_F(Entrance, LetsSomebodyWithGoogleInAndMakesTheUser) {
  const auto token = Google(GoogleClaims());

  ASSERT_TRUE(token) << token.error().message;
  const auto bob = sign_in().Check(token->access_token, kTestNow);
  ASSERT_TRUE(bob);
  EXPECT_EQ(bob->email, "bob@example.org");
  EXPECT_EQ(bob->name, "Bob");
  EXPECT_EQ(bob->picture_url, "https://p/1");
  EXPECT_EQ(bob->last_login, kTestNow);
  json::object again = GoogleClaims();
  again["name"] = "Robert";
  const auto second = Google(again);
  ASSERT_TRUE(second);
  EXPECT_EQ(sign_in().Check(second->access_token, kTestNow)->id, bob->id);
  EXPECT_EQ(sign_in().Check(second->access_token, kTestNow)->name, "Robert");
}

TEST_F(Entrance, KeepsOutWhomGoogleDoesNotVouchFor) {
  const Issuer forger("first");
  json::object expired = GoogleClaims();
  expired["exp"] = 1;

  EXPECT_EQ(sign_in().WithGoogle(forger.Token(GoogleClaims()), kTestNow).error().status, 401);
  EXPECT_EQ(Google(expired).error().status, 401);
  EXPECT_EQ(sign_in().WithGoogle("nonsense", kTestNow).error().status, 401);
  const auto with_secret =
      Signed(GoogleClaims(), MakeSecretKey(issuer_.KeySet()), {{"alg", "HS256"}, {"kid", "first"}});
  EXPECT_EQ(sign_in().WithGoogle(with_secret, kTestNow).error().status, 401);
}

TEST_F(Entrance, KeepsOutWhoIsNotAllowed) {
  json::object claims = GoogleClaims();
  claims["email"] = "eve@example.org";

  EXPECT_EQ(Google(claims).error().status, 403);
  EXPECT_FALSE(FindUser(*database_->Reader().value(), "eve@example.org"));
}

TEST_F(Entrance, LetsNobodyInWithGoogleWhereNobodyIsAllowed) {
  allowed_.clear();

  const auto outcome = Google(GoogleClaims());

  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().status, 403);
  EXPECT_THAT(outcome.error().message, HasSubstr("ALLOWED_EMAILS is empty"));
}

TEST_F(Entrance, SaysThatGoogleIsNotSetUpOrCannotBeReached) {
  keys_ = Fail(Errc::kUnavailable, "no connection");
  EXPECT_EQ(Google(GoogleClaims()).error().status, 503);
  sign_in_.reset();
  client_id_ = "";

  EXPECT_EQ(Google(GoogleClaims()).error().status, 403);
}

TEST_F(Entrance, SaysThatTheDatabaseDoesNotAnswer) {
  const std::string token = SignToken(kSecret, Ann(), kTestNow, seconds(60));
  auto tx = database_->Write().value();
  EXPECT_TRUE(tx->Run("ALTER TABLE users RENAME TO hidden"));
  EXPECT_TRUE(tx.Commit());

  EXPECT_EQ(sign_in().Check(token, kTestNow).error().status, 503);
  for (int count = 0; count < 12; ++count)
    EXPECT_EQ(Login("ann@example.org", kPassword).error().status, 503);
  EXPECT_EQ(Google(GoogleClaims()).error().status, 503);
}

TEST_F(Entrance, CountsTheAddressesOfAnIpv6NetworkAsOne) {
  for (int host = 0; host < 10; ++host)
    EXPECT_EQ(Login(fmt::format("u{}@b", host), "wrong", fmt::format("2001:db8:1:2::{}", host))
                  .error()
                  .status,
              401);

  EXPECT_EQ(Login("x@b", "wrong", "2001:db8:1:2:ffff::1").error().status, 429);
  EXPECT_EQ(Login("x@b", "wrong", "2001:db8:1:3::1").error().status, 401);
}

TEST_F(Entrance, RefusesAnAddressBeforeItsTurnOnceItTriedTooOften) {
  EXPECT_FALSE(sign_in().WhyNotFrom("10.0.0.9", clock_.Now()));
  for (int count = 0; count < 10; ++count) sign_in().NoteAttemptFrom("10.0.0.9", clock_.Now());

  const auto refused = sign_in().WhyNotFrom("10.0.0.9", clock_.Now());
  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->status, 429);
  EXPECT_FALSE(sign_in().WhyNotFrom("10.0.0.8", clock_.Now()));
  EXPECT_EQ(Login("ann@example.org", "wrong", "10.0.0.8").error().status, 401)
      << "no attempt of any account";
}

TEST(PasswordGate, IsBusyWhereNoPlaceComesFree) {
  PasswordGate gate(0, std::chrono::milliseconds(0));

  EXPECT_EQ(gate.Check(std::nullopt, kPassword), PasswordVerdict::kBusy);
}

TEST(PasswordGate, TakesNoUserAndNoPasswordForWrong) {
  PasswordGate gate;

  EXPECT_EQ(gate.Check(std::nullopt, kPassword), PasswordVerdict::kWrong);
  EXPECT_EQ(gate.Check("", ""), PasswordVerdict::kWrong);
  EXPECT_EQ(gate.Check("$argon2id$broken", kPassword), PasswordVerdict::kWrong);
}

TEST(HashPassword, HoldsToTheLength) {
  EXPECT_FALSE(HashPassword("1234567"));
  EXPECT_TRUE(HashPassword("12345678"));
  EXPECT_FALSE(HashPassword(std::string(1025, 'a')));
}

}  // namespace
}  // namespace rolecall
