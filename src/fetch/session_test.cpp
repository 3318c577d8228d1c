// Cookies go with the requests of a session, to the host that set them, and with no other.
#include <gtest/gtest.h>

#include "fetch/cookie_jar.h"
#include "tests/support/raw_server.h"
#include "tests/support/web.h"

namespace rolecall {
namespace {

constexpr std::string_view kSetsCookie = "Set-Cookie: JSESSIONID=7; Path=/; HttpOnly\r\n";

// The Cookie header of a request; "" where it has none.
std::string CookieOf(const std::string& request) {
  const auto at = request.find("\r\nCookie: ");
  return at == std::string::npos ? ""
                                 : request.substr(at + 10, request.find("\r\n", at + 2) - at - 10);
}

RawServer::Handler SetsCookies() {
  return [](const std::string&) { return Script{Answer(200, "soup", kSetsCookie)}; };
}

TEST(Session, TakesItsCookiesAlong) {
  RawServer server(SetsCookies());
  const auto fetcher = MakeFetcher();
  CookieJar session;

  for (int page = 0; page < 2; ++page)
    ASSERT_TRUE(fetcher->Fetch({.url = server.Url("/jobs"), .session = &session}, {}));

  EXPECT_EQ(CookieOf(server.requests()[0]), "");
  EXPECT_EQ(CookieOf(server.requests()[1]), "JSESSIONID=7");
}

TEST(Session, EndsWithItsJar) {
  RawServer server(SetsCookies());
  const auto fetcher = MakeFetcher();
  CookieJar one, other;

  std::ignore = fetcher->Fetch({.url = server.Url("/"), .session = &one}, {});
  std::ignore = fetcher->Fetch({.url = server.Url("/"), .session = &other}, {});
  std::ignore = fetcher->Fetch({.url = server.Url("/")}, {});
  std::ignore = fetcher->Fetch({.url = server.Url("/")}, {});

  for (const std::string& request : server.requests()) EXPECT_EQ(CookieOf(request), "");
}

TEST(Session, KeepsTheCookiesOfARedirectForItsOwnHost) {
  RawServer other(SetsCookies());
  RawServer server([&](const std::string& request) {
    const bool leaves = FirstLine(request).contains("/leave");
    return Script{Answer(302, "",
                         fmt::format("Location: {}\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\n",
                                     leaves ? other.Url("/there") : "/leave"))};
  });
  CookieJar session;

  const auto fetcher = MakeFetcher();
  EXPECT_EQ(Outcome(fetcher->Fetch({.url = server.Url("/"), .session = &session}, {})), "200 soup");
  std::ignore = fetcher->Fetch({.url = other.Url("/"), .session = &session}, {});

  EXPECT_EQ(CookieOf(server.requests()[1]), "a=1; b=2");
  EXPECT_EQ(CookieOf(other.requests()[0]), "");
  EXPECT_EQ(CookieOf(other.requests()[1]), "JSESSIONID=7");
}

TEST(Session, HearsACookieOfAnAnswerThatIsTriedAgain) {
  RawServer server([&](const std::string& request) {
    return Script{CookieOf(request).empty() ? Answer(503, "", kSetsCookie) : Answer(200, "soup")};
  });
  CookieJar session;

  EXPECT_EQ(Outcome(MakeFetcher()->Fetch({.url = server.Url("/"), .session = &session}, {})),
            "200 soup");
}

}  // namespace
}  // namespace rolecall
