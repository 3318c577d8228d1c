// Signing in over the interface: what bodies may hold, and what the answers say.
#include "api/auth.h"

#include <gmock/gmock.h>

#include "auth/passwords.h"
#include "tests/support/api_rig.h"

namespace rolecall {
namespace {

namespace json = boost::json;
using testing::HasSubstr;

class Auth : public testing::Test {
 protected:
  Reply Post(Handle handle, std::string body) {
    const Request request{.method = "POST",
                          .headers = {{"host", "localhost"}},
                          .body = std::move(body),
                          .peer = "127.0.0.1"};
    return Ask(handle, {.request = request});
  }
  Reply Ask(Handle handle, const Call& call) {
    auto reply = handle(rig_.parts(), call);
    if (!reply) ADD_FAILURE() << reply.error().message;
    return reply.value_or(Reply{});
  }
  static std::string HeaderOf(const Reply& reply, std::string_view name) {
    for (const Header& header : reply.headers)
      if (header.name == name) return header.value;
    return "";
  }
  void AddAnn() {
    auto tx = rig_.database().Write().value();
    EXPECT_TRUE(AddUser(tx,
                        {.email = "ann@example.org",
                         .name = "Ann",
                         .password_hash = HashPassword("correct horse").value()},
                        kTestNow));
    EXPECT_TRUE(tx.Commit());
  }

  ApiRig rig_;
};

TEST_F(Auth, GivesATokenForAPassword) {
  AddAnn();

  const Reply reply =
      Post(PostLogin, R"({"email": "Ann@example.org", "password": "correct horse"})");

  ASSERT_EQ(reply.status, 200) << reply.body;
  const json::object answer = json::parse(reply.body).as_object();
  EXPECT_EQ(answer.size(), 3);
  EXPECT_EQ(answer.at("token_type"), "bearer");
  EXPECT_EQ(answer.at("expires_in"), 24 * 60 * 60);
  const auto user = rig_.sign_in().Check(answer.at("access_token").as_string(), kTestNow);
  ASSERT_TRUE(user);
  EXPECT_EQ(user->email, "ann@example.org");
  EXPECT_EQ(HeaderOf(reply, "Cache-Control"), "no-store");
}

TEST_F(Auth, RefusesAWrongPasswordAndThenAllOfThem) {
  AddAnn();
  const std::string wrong = R"({"email": "ann@example.org", "password": "wrong horse"})";

  const Reply first = Post(PostLogin, wrong);
  for (int count = 1; count < 10; ++count) Post(PostLogin, wrong);
  const Reply last = Post(PostLogin, wrong);

  EXPECT_EQ(first.status, 401);
  EXPECT_EQ(HeaderOf(first, "WWW-Authenticate"), "Bearer");
  EXPECT_THAT(first.body, HasSubstr("\"detail\""));
  EXPECT_EQ(last.status, 429);
  EXPECT_EQ(HeaderOf(last, "Retry-After"), "60");
}

TEST_F(Auth, GivesATokenForASecretOnce) {
  const std::string body = "{\"secret\": \"" + rig_.sign_in().MakeOnce(kTestNow) + "\"}";

  EXPECT_EQ(Post(PostLocal, body).status, 200);
  EXPECT_EQ(Post(PostLocal, body).status, 401);
}

TEST_F(Auth, TellsWhichWaysInThereAreAndToWhom) {
  const Request here{.method = "GET", .headers = {{"host", "localhost"}}, .peer = "127.0.0.1"};
  const Request elsewhere{
      .method = "GET", .headers = {{"host", "jobs.example.com"}}, .peer = "127.0.0.1"};
  const std::string none = R"({"google_client_id":null,"password":false,"local":false})";

  EXPECT_EQ(Ask(GetWays, {.request = here}).body, none);
  AddAnn();
  rig_.sign_in().MakeOnce(kTestNow);

  EXPECT_EQ(Ask(GetWays, {.request = here}).body,
            R"({"google_client_id":null,"password":true,"local":true})");
  EXPECT_EQ(Ask(GetWays, {.request = elsewhere}).body,
            R"({"google_client_id":null,"password":true,"local":false})");
}

TEST_F(Auth, TakesASecretFromThisMachineAloneAndLeavesItGood) {
  const std::string body = "{\"secret\": \"" + rig_.sign_in().MakeOnce(kTestNow) + "\"}";
  const Request elsewhere{.method = "POST",
                          .headers = {{"host", "rebound.example.com"}},
                          .body = body,
                          .peer = "127.0.0.1"};

  EXPECT_EQ(Ask(PostLocal, {.request = elsewhere}).status, 403);
  EXPECT_EQ(Post(PostLocal, body).status, 200);
}

TEST_F(Auth, RefusesWhatIsNoGoogleToken) {
  const Reply reply = Post(PostGoogle, R"({"token": "what.is.this"})");

  EXPECT_EQ(reply.status, 401);
  EXPECT_THAT(reply.body, Not(HasSubstr("what.is")));
}

TEST_F(Auth, TellsABrokenBodyFromAWrongOne) {
  for (const Handle handle : {PostGoogle, PostLogin, PostLocal}) {
    EXPECT_EQ(Post(handle, "").status, 400);
    EXPECT_EQ(Post(handle, "{\"token\": ").status, 400);
    EXPECT_EQ(Post(handle, "[]").status, 422);
    EXPECT_EQ(Post(handle, "{}").status, 422);
    EXPECT_EQ(Post(handle, R"({"token": 5, "email": 5, "password": null})").status, 422);
  }
  EXPECT_THAT(Post(PostLocal, R"({"secret": "x", "secrt": "x"})").body,
              HasSubstr(R"("loc":["body","secrt"])"));
  EXPECT_EQ(Post(PostLogin, json::serialize(json::object{{"email", "a@b"},
                                                         {"password", std::string(1025, 'a')}}))
                .status,
            422);
}

TEST_F(Auth, TellsWhoAsks) {
  const Request request{.method = "GET"};
  const auto told = [&](const UserProfile& user) {
    return json::parse(Ask(GetUser, {.request = request, .user = {user}}).body);
  };

  EXPECT_EQ(told({.id = 7, .email = "a@b"}),
            json::parse(R"({"user_id": 7, "email": "a@b", "name": null,
                            "picture": "/logo/A.svg", "last_login": null})"));
  EXPECT_EQ(
      told({.id = 7, .email = "a@b", .name = "A", .picture_url = "p", .last_login = kTestNow}),
      json::parse(R"({"user_id": 7, "email": "a@b", "name": "A", "picture": "p",
                            "last_login": "2026-09-21T14:13:20.000Z"})"));
}

}  // namespace
}  // namespace rolecall
