// Who stands behind a request, by its header, its query and where it comes from.
#include "api/caller.h"

#include <gmock/gmock.h>

#include "tests/support/api_rig.h"

namespace rolecall {
namespace {

using testing::HasSubstr;
using testing::Not;

class Caller : public testing::Test {
 protected:
  static Request With(std::vector<std::string> authorizations, std::string query = "") {
    Request request{.method = "GET", .path = "/", .query = std::move(query), .peer = "10.0.0.1"};
    for (std::string& value : authorizations)
      request.headers.push_back({"authorization", std::move(value)});
    return request;
  }
  // The address of the caller, "nobody", or the status.
  std::string Who(const Request& request, Access access) {
    const auto user = WhoAsks(rig_.parts(), request, access);
    if (!user) {
      EXPECT_THAT(user.error().body, Not(HasSubstr(token_)));
      return std::to_string(user.error().status);
    }
    return user->id == 0 ? "nobody" : user->email;
  }
  std::string Challenge(const Request& request) {
    const auto user = WhoAsks(rig_.parts(), request, Access::kUser);
    if (user) return "none";
    for (const Header& header : user.error().headers)
      if (header.name == "WWW-Authenticate") return header.value;
    return "none";
  }

  ApiRig rig_;
  std::string token_ = rig_.TokenOf(rig_.User());
};

TEST_F(Caller, IsReadFromTheHeaderWhateverTheCaseOfItsScheme) {
  EXPECT_EQ(Who(With({"Bearer " + token_}), Access::kUser), kLocalUser);
  EXPECT_EQ(Who(With({"bEARER " + token_}), Access::kUser), kLocalUser);
}

TEST_F(Caller, IsRefusedWithOddBlanksOtherSchemesAndTwoHeaders) {
  for (const std::string& odd :
       {token_, "Bearer" + token_, "Bearer  " + token_, "Bearer\t" + token_, " Bearer " + token_,
        "Bearer " + token_ + " ", "Bearer " + token_ + " x", "Bearer " + token_ + "\n",
        "Bearer \"" + token_ + "\"", "Basic " + token_, "Bearer, " + token_, std::string("Bearer "),
        std::string("Bearer"), std::string()}) {
    EXPECT_EQ(Who(With({odd}), Access::kUser), "401") << odd;
    EXPECT_EQ(Who(With({odd}), Access::kIfGiven), "401") << odd;
    EXPECT_THAT(WhoAsks(rig_.parts(), With({odd}), Access::kUser).error().body,
                HasSubstr("Bearer, one blank, a token"));
  }
  EXPECT_EQ(Who(With({"Bearer " + token_, "Bearer " + token_}), Access::kUser), "401");
  EXPECT_EQ(Who(With({"Bearer " + token_, "Bearer " + token_}), Access::kIfGiven), "401");
}

TEST_F(Caller, IsReadFromTheQueryOnlyWhereTheRouteSaysSo) {
  EXPECT_EQ(Who(With({}, "token=" + token_), Access::kUserOrQuery), kLocalUser);
  EXPECT_EQ(Who(With({"Bearer " + token_}, "token=x"), Access::kUserOrQuery), kLocalUser);
  EXPECT_EQ(Who(With({"Bearer x"}, "token=" + token_), Access::kUserOrQuery), "401");
  EXPECT_EQ(Who(With({}, "token="), Access::kUserOrQuery), "401");
  EXPECT_EQ(Who(With({}), Access::kUserOrQuery), "401");
  EXPECT_EQ(Who(With({}, "token=" + token_), Access::kUser), "401");
  EXPECT_EQ(Who(With({}, "token=" + token_), Access::kIfGiven), "nobody");
  EXPECT_EQ(Who(With({}, "token=" + token_), Access::kLoopback), "401");
}

TEST_F(Caller, MayBeNobodyWhereTheRouteSaysSo) {
  EXPECT_EQ(Who(With({"Bearer nonsense"}), Access::kAnyone), "nobody");
  EXPECT_EQ(Who(With({}), Access::kIfGiven), "nobody");
  EXPECT_EQ(Who(With({"Bearer nonsense"}), Access::kIfGiven), "401");
  EXPECT_EQ(Who(With({"Bearer " + token_}), Access::kIfGiven), kLocalUser);
}

TEST_F(Caller, NeedsNoTokenFromThisMachineItself) {
  Request here = With({});
  here.peer = "127.0.0.1";
  here.headers.push_back({"host", "localhost:8000"});
  Request by_name = With({});
  by_name.peer = "127.0.0.1";
  by_name.headers.push_back({"host", "rebound.example.com"});
  EXPECT_EQ(Who(by_name, Access::kLoopback), "401");
  for (const char* name : {"via", "x-real-ip", "x-forwarded-host", "x-forwarded-port", "forwarded",
                           "cf-connecting-ip", "x-client-ip"}) {
    Request through = here;
    through.headers.push_back({name, "x"});
    EXPECT_EQ(Who(through, Access::kLoopback), "401") << name;
  }
  for (const char* host : {"127.0.0.1", "[::1]:80", "127.9.9.9:1", "LocalHost", "[::1]"}) {
    Request by_address = here;
    by_address.headers.back().value = host;
    EXPECT_EQ(Who(by_address, Access::kLoopback), "nobody") << host;
  }
  for (const char* host : {"[::1].evil.example", "[::1]@evil.example", "localhost:x@evil.example",
                           "localhost.evil.example", "127.0.0.1:80:80", "[::1", ""}) {
    Request by_another = here;
    by_another.headers.back().value = host;
    EXPECT_EQ(Who(by_another, Access::kLoopback), "401") << host;
  }
  Request by_proxy = here;
  by_proxy.through_proxy = true;
  EXPECT_EQ(Who(by_proxy, Access::kLoopback), "401");
  Request proxied = here;
  proxied.headers.push_back({"x-forwarded-for", "10.0.0.1"});

  EXPECT_EQ(Who(here, Access::kLoopback), "nobody");
  EXPECT_EQ(Who(here, Access::kUser), "401");
  EXPECT_EQ(Who(proxied, Access::kLoopback), "401");
  EXPECT_EQ(Who(With({}), Access::kLoopback), "401");
  EXPECT_EQ(Who(With({"Bearer " + token_}), Access::kLoopback), kLocalUser);
}

TEST_F(Caller, IsToldHowToSignIn) {
  EXPECT_EQ(Challenge(With({})), "Bearer");
  EXPECT_EQ(Challenge(With({"Bearer nonsense"})), "Bearer error=\"invalid_token\"");
  EXPECT_EQ(Challenge(With({"Bearer"})), "Bearer error=\"invalid_token\"");
}

TEST_F(Caller, IsToldToComeAgainWhereTheDatabaseFails) {
  rig_.BreakUsers();

  const auto user = WhoAsks(rig_.parts(), With({"Bearer " + token_}), Access::kUser);

  ASSERT_FALSE(user);
  EXPECT_EQ(user.error().status, 503);
  ASSERT_EQ(user.error().headers.size(), 1);
  EXPECT_EQ(user.error().headers[0].name, "Retry-After");
  EXPECT_EQ(user.error().body, R"({"detail":"The database does not answer: try again."})");
  EXPECT_TRUE(user.error().failure.contains("users")) << user.error().failure;
}

}  // namespace
}  // namespace rolecall
