// Redirects are followed by us, so that guard and gateway see each of them.
#include <gtest/gtest.h>

#include "fetch/transfer.h"
#include "tests/support/raw_server.h"
#include "tests/support/web.h"

namespace rolecall {
namespace {

std::string To(std::string_view location, int status = 302) {
  return Answer(status, "", fmt::format("Location: {}\r\n", location));
}

// Redirects once, and then answers.
RawServer::Handler Once(std::string redirect) {
  return [redirect](const std::string& request) {
    return Script{FirstLine(request).find("/start") != std::string::npos ? redirect
                                                                         : Answer(200, "soup")};
  };
}

FetchSettings ByGateway(const RawServer& server) {
  FetchSettings settings = QuickSettings();
  settings.gateway = fmt::format("http://127.0.0.1:{}/", server.port());
  settings.allowed_hosts = {};
  return settings;
}

TEST(Redirects, AreFollowedUpToFive) {
  RawServer server([](const std::string& request) {
    const int at = std::stoi(FirstLine(request).substr(5));
    return Script{at == 0 ? Answer(200, "soup") : To(fmt::format("/{}", at - 1))};
  });

  const auto five = Get(server.Url("/5"));
  EXPECT_EQ(Outcome(five), "200 soup");
  EXPECT_EQ(five->final_url, server.Url("/0"));
  EXPECT_EQ(Outcome(Get(server.Url("/6"))),
            "upstream: " + server.Url("/6") + " redirects more than 5 times");
}

TEST(Redirects, ToWhereNobodyMayAskAreRefused) {
  for (const char* location :
       {"http://169.254.169.254/latest", "http://127.0.0.1/", "http://2130706433/",
        "http://0x7f.1/", "http://[::ffff:7f00:1]/", "//10.0.0.1/", "file:///etc/passwd"}) {
    RawServer server(Once(To(location)));
    const std::string outcome = Outcome(Get(server.Url("/start")));
    EXPECT_TRUE(outcome.starts_with("invalid: localhost redirects: refused to fetch ")) << outcome;
    EXPECT_EQ(server.requests().size(), 1);
  }
}

TEST(Redirects, ToWhatIsNoUrlAreAnError) {
  RawServer server(Once(To("http://[")));

  EXPECT_EQ(Outcome(Get(server.Url("/start"))),
            "upstream: " + server.Url("/start") + " redirects to what is no URL");
}

TEST(Redirects, WithoutAPlaceAreAnAnswer) {
  RawServer server([](const std::string&) { return Script{Answer(302, "soup")}; });

  EXPECT_EQ(Outcome(Get(server.Url("/"))), "302 soup");
}

TEST(Redirects, TurnAPostIntoAGetUnlessTheySayOtherwise) {
  for (const auto& [status, line] :
       {std::pair{301, "GET /end HTTP/1.1"}, std::pair{302, "GET /end HTTP/1.1"},
        std::pair{303, "GET /end HTTP/1.1"}, std::pair{307, "POST /end HTTP/1.1"},
        std::pair{308, "POST /end HTTP/1.1"}}) {
    RawServer server(Once(To("/end", status)));

    MakeFetcher()->Fetch({.method = "POST",
                          .url = server.Url("/start"),
                          .body = "{}",
                          .headers = {{"Content-Type", "application/json"}}},
                         {});

    const std::string second = server.requests().at(1);
    EXPECT_EQ(FirstLine(second), line) << status;
    EXPECT_EQ(second.ends_with("{}"), status >= 307) << status;
    EXPECT_EQ(second.find("Content-Type: application/json") != std::string::npos, status >= 307);
  }
}

TEST(Redirects, TellAnotherHostNothingOfWhoAsks) {
  RawServer server(Once(To("https://other.example.com/end")));
  const FetchRequest request{.url = "https://boards.example.com/start",
                             .headers = {{"Accept", "application/json"},
                                         {"Authorization", "Bearer secret"},
                                         {"Cookie", "secret"}},
                             .etag = "\"secret\""};

  MakeFetcher(ByGateway(server))->Fetch(request, {});

  EXPECT_NE(server.requests().at(0).find("Authorization: Bearer secret"), std::string::npos);
  EXPECT_EQ(server.requests().at(1).find("secret"), std::string::npos);
  EXPECT_NE(server.requests().at(1).find("Accept: application/json"), std::string::npos);
}

TEST(Redirects, WithinAHostKeepTheHeaders) {
  RawServer server(Once(To("/end")));

  MakeFetcher()->Fetch({.url = server.Url("/start"), .headers = {{"X-Site", "acme"}}}, {});

  EXPECT_NE(server.requests().at(1).find("X-Site: acme"), std::string::npos);
}

TEST(Gateway, IsAskedForEveryHostByItsPath) {
  RawServer server([](const std::string&) { return Script{Answer(200, "soup")}; });

  const auto response =
      Get("https://Boards.example.com:8443/v1/acme%20x?content=true#part", ByGateway(server));

  EXPECT_EQ(Outcome(response), "200 soup");
  EXPECT_EQ(FirstLine(server.requests().at(0)),
            "GET /boards.example.com:8443/v1/acme%20x?content=true HTTP/1.1");
  EXPECT_EQ(response->final_url, "https://boards.example.com:8443/v1/acme%20x?content=true");
}

TEST(Gateway, IsAskedForRedirectsToo) {
  RawServer server(Once(To("https://careers.example.org/end")));

  const auto response = Get("https://boards.example.com/start", ByGateway(server));

  EXPECT_EQ(FirstLine(server.requests().at(1)), "GET /careers.example.org/end HTTP/1.1");
  EXPECT_EQ(response->final_url, "https://careers.example.org/end");
}

TEST(Gateway, IsNeverAskedForWhereNobodyMayAsk) {
  RawServer server(Once(To("http://169.254.169.254/latest")));

  EXPECT_EQ(Outcome(Get("https://boards.example.com/start", ByGateway(server))),
            "invalid: boards.example.com redirects: refused to fetch "
            "http://169.254.169.254/latest: a link-local address");
  EXPECT_TRUE(Outcome(Get("http://localhost/", ByGateway(server))).starts_with("invalid: refused"));
  EXPECT_EQ(server.requests().size(), 1);
}

TEST(Transfer, RefusesWhatANameLeadsToWhenTheSocketOpens) {
  RawServer server([](const std::string&) { return Script{Answer(200, "soup")}; });
  Transfer transfer;
  const RawRequest exchange{.method = "GET",
                            .url = server.Url("/"),
                            .deadline = std::chrono::seconds(5),
                            .most_bytes = 1'000,
                            .guard = RawRequest::Guard::kPublicOnly};

  const auto answer = transfer.Run(exchange, {});

  EXPECT_EQ(answer.error().error.code, Errc::kInvalidInput);
  EXPECT_EQ(answer.error().error.message,
            "refused to fetch " + server.Url("/") + ": its name leads to a loopback address");
  EXPECT_FALSE(answer.error().another_may_mend_it);
  EXPECT_TRUE(server.requests().empty());
}

}  // namespace
}  // namespace rolecall
