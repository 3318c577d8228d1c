// Google's keys: when they are asked for, and whom its tokens let in.
#include "auth/google_keys.h"

#include <gmock/gmock.h>

#include <atomic>
#include <future>
#include <stop_token>
#include <thread>
#include <utility>

#include "tests/support/canned_fetcher.h"
#include "tests/support/databases.h"
#include "tests/support/issuer.h"

namespace rolecall {
namespace {

namespace json = boost::json;
using std::chrono::seconds;
using testing::HasSubstr;

class Keys : public testing::Test {
 protected:
  std::size_t Asked() { return fetcher_.asked().size(); }

  Issuer first_{"first"};
  Result<Response> answer_ = Ok(first_.KeySet());
  CannedFetcher fetcher_{[this](const FetchRequest&) { return answer_; }};
  GoogleKeys keys_{fetcher_};
};

TEST_F(Keys, AreHadOnceAnHour) {
  EXPECT_TRUE(keys_.Find("first", kTestNow));
  EXPECT_TRUE(keys_.Find("first", kTestNow + seconds(3599)));
  EXPECT_EQ(Asked(), 1);
  EXPECT_EQ(fetcher_.asked()[0].url, "https://www.googleapis.com/oauth2/v3/certs");

  EXPECT_TRUE(keys_.Find("first", kTestNow + seconds(3600)));
  EXPECT_EQ(Asked(), 2);
}

TEST_F(Keys, AreLookedForAtMostOnceAMinute) {
  ASSERT_TRUE(keys_.Find("first", kTestNow));
  const Issuer second("second");
  answer_ = Ok(second.KeySet());

  const auto early = keys_.Find("second", kTestNow + seconds(59));
  const auto later = keys_.Find("second", kTestNow + seconds(60));
  const auto unknown = keys_.Find("third", kTestNow + seconds(61));

  ASSERT_FALSE(early);
  EXPECT_EQ(early.error().code, Errc::kInvalidInput);
  EXPECT_TRUE(later);
  EXPECT_FALSE(unknown);
  EXPECT_EQ(Asked(), 2);
}

TEST_F(Keys, ThatCannotBeHadAreAskedForAgainSoon) {
  answer_ = Response{.status = 500};

  EXPECT_EQ(keys_.Find("first", kTestNow).error().code, Errc::kUpstream);
  EXPECT_EQ(keys_.Find("first", kTestNow + seconds(4)).error().code, Errc::kUpstream);
  EXPECT_EQ(Asked(), 1);
  answer_ = Ok(first_.KeySet());

  EXPECT_TRUE(keys_.Find("first", kTestNow + seconds(5)));
}

TEST_F(Keys, DoNotOutliveTheirHourWhereNoneCome) {
  ASSERT_TRUE(keys_.Find("first", kTestNow));
  answer_ = Fail(Errc::kUnavailable, "no connection");

  const auto late = keys_.Find("first", kTestNow + seconds(3600));

  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().code, Errc::kUnavailable);
}

TEST_F(Keys, AreAskedForByOneThreadForAll) {
  std::atomic<int> begun = 0, found = 0;
  // Answers once all are there, so that the others have to wait.
  CannedFetcher slow([&](const FetchRequest&) {
    const auto deadline = std::chrono::steady_clock::now() + seconds(120);
    while (begun < 8 && std::chrono::steady_clock::now() < deadline) std::this_thread::yield();
    return answer_;
  });
  GoogleKeys keys(slow, {.look = std::chrono::hours(1), .others = std::chrono::hours(1)});
  {
    std::vector<std::jthread> threads;
    for (int thread = 0; thread < 8; ++thread)
      threads.emplace_back([&] {
        ++begun;
        found += keys.Find("first", kTestNow) ? 1 : 0;
      });
  }

  EXPECT_EQ(found, 8);
  EXPECT_EQ(slow.asked().size(), 1);
}

// An issuer that answers once, and from then on not until it is let.
class Silent : public Fetcher {
 public:
  explicit Silent(std::string once) : once_(std::move(once)) {}

  Result<Response> Fetch(const FetchRequest&, std::stop_token stop) override {
    if (!std::exchange(answered_, true)) return Ok(once_);
    begun_.set_value();
    const std::stop_callback forward(stop, [this] { Let(); });
    let_.get_future().wait();
    return Fail(Errc::kCancelled, "stopped");
  }
  bool IsFree(const std::string&) override { return true; }

  void AwaitSilence() { begun_.get_future().wait(); }
  void Let() { let_.set_value(); }

 private:
  const std::string once_;
  bool answered_ = false;
  std::promise<void> begun_, let_;
};

TEST(SilentIssuer, IsNotWaitedForWithoutEnd) {
  Silent silent(Issuer("first").KeySet());
  GoogleKeys keys(silent, {.look = std::chrono::milliseconds(1)});
  ASSERT_TRUE(keys.Find("first", kTestNow));

  const auto found = keys.Find("first", kTestNow + seconds(3600));

  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().code, Errc::kUnavailable);
  EXPECT_THAT(found.error().message, HasSubstr("no answer within 1 ms"));
}

TEST(SilentIssuer, HoldsUpNobodyButWhoeverAsked) {
  Silent silent(Issuer("first").KeySet());
  GoogleKeys keys(silent, {.look = std::chrono::hours(1), .others = std::chrono::milliseconds(1)});
  ASSERT_TRUE(keys.Find("first", kTestNow));
  const Timestamp later = kTestNow + seconds(60);
  const std::jthread asking([&] { EXPECT_FALSE(keys.Find("second", later)); });
  silent.AwaitSilence();

  const auto unknown = keys.Find("second", later);
  const auto known = keys.Find("first", later);
  silent.Let();

  EXPECT_TRUE(known);
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().code, Errc::kUnavailable);
}

class GoogleClaims : public testing::Test {
 protected:
  json::object claims_{
      {"iss", "https://accounts.google.com"},
      {"aud", "our client"},
      {"iat", kTestNow.time_since_epoch().count() / 1000},
      {"exp", kTestNow.time_since_epoch().count() / 1000 + 3600},
      {"email", "Ann@Example.org"},
      {"email_verified", true},
      {"name", "Ann"},
      {"picture", "https://p/1"},
  };
  std::string Trouble(std::string_view name, const json::value& value) const {
    json::object claims = claims_;
    claims[name] = value;
    const auto user = ReadGoogleClaims(claims, "our client", kTestNow);
    return user ? "" : user.error().message;
  }
};

TEST_F(GoogleClaims, NameTheUser) {
  const auto user = ReadGoogleClaims(claims_, "our client", kTestNow);

  ASSERT_TRUE(user) << user.error().message;
  EXPECT_EQ(user->email, "ann@example.org");
  EXPECT_EQ(user->name, "Ann");
  EXPECT_EQ(user->picture_url, "https://p/1");
  EXPECT_EQ(Trouble("iss", "accounts.google.com"), "");
  EXPECT_EQ(Trouble("email_verified", "true"), "");
}

TEST_F(GoogleClaims, MustBeGooglesForUsNowAndVerified) {
  EXPECT_THAT(Trouble("iss", "https://accounts.google.com.evil.org"), HasSubstr("issuer"));
  EXPECT_THAT(Trouble("iss", nullptr), HasSubstr("issuer"));
  EXPECT_THAT(Trouble("aud", "their client"), HasSubstr("another program"));
  EXPECT_THAT(Trouble("aud", json::array{"our client"}), HasSubstr("another program"));
  EXPECT_THAT(Trouble("exp", kTestNow.time_since_epoch().count() / 1000 - 60),
              HasSubstr("expired"));
  EXPECT_THAT(Trouble("iat", kTestNow.time_since_epoch().count() / 1000 + 61), HasSubstr("future"));
  EXPECT_THAT(Trouble("email_verified", false), HasSubstr("verified"));
  EXPECT_THAT(Trouble("email_verified", "yes"), HasSubstr("verified"));
  EXPECT_THAT(Trouble("email_verified", 1), HasSubstr("verified"));
  EXPECT_THAT(Trouble("email", nullptr), HasSubstr("verified"));
  claims_.erase("iat");
  EXPECT_THAT(Trouble("name", "Ann"), HasSubstr("when it was made"));
}

TEST_F(GoogleClaims, AreOfNobodyWhereNoClientIsSet) {
  claims_["aud"] = "";

  EXPECT_FALSE(ReadGoogleClaims(claims_, "", kTestNow));
}

}  // namespace
}  // namespace rolecall
