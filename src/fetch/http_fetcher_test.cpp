// What is sent, tried again, waited for and left alone.
#include "fetch/http_fetcher.h"

#include <gtest/gtest.h>

#include <atomic>
#include <ctime>

#include "tests/support/raw_server.h"
#include "tests/support/web.h"

namespace rolecall {
namespace {
using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::steady_clock;

// Answers `first` so many times, and then 200.
RawServer::Handler FirstThenSoup(std::string first, int times) {
  return [first, left = std::make_shared<std::atomic<int>>(times)](const std::string&) {
    return Script{(*left)-- > 0 ? first : Answer(200, "soup")};
  };
}

std::string HttpDate(seconds from_now) {
  const std::time_t at = std::time(nullptr) + from_now.count();
  std::tm utc{};
  gmtime_r(&at, &utc);
  std::array<char, 64> text{};
  std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &utc);
  return text.data();
}

TEST(Fetch, SendsWhatTheRequestSays) {
  RawServer server([](const std::string&) { return Script{Answer(200, "{}")}; });
  FetchSettings settings = QuickSettings();
  settings.contact = "https://example.com/me";

  const auto response = MakeFetcher(settings)->Fetch({.method = "POST",
                                                      .url = server.Url("/jobs?x=1"),
                                                      .body = "{\"offset\":0}",
                                                      .headers = {{"Accept", "application/json"}}},
                                                     {});

  ASSERT_TRUE(response) << response.error().message;
  const std::string request = server.requests().at(0);
  EXPECT_EQ(FirstLine(request), "POST /jobs?x=1 HTTP/1.1");
  EXPECT_TRUE(request.ends_with("\r\n\r\n{\"offset\":0}"));
  for (const char* header :
       {"Accept: application/json\r\n", "Accept-Encoding: gzip, deflate\r\n",
        "User-Agent: rolecall/" ROLECALL_VERSION " (+https://example.com/me)\r\n"})
    EXPECT_NE(request.find(header), std::string::npos) << header << request;
}

TEST(Fetch, AsksConditionallyWhereItWasToldTo) {
  RawServer server([](const std::string&) {
    return Script{"HTTP/1.1 304 Not Modified\r\nETag: \"2\"\r\nLast-Modified: then\r\n\r\n"};
  });
  const auto fetcher = MakeFetcher();

  const auto response =
      fetcher->Fetch({.url = server.Url("/"), .etag = "\"1\"", .last_modified = "before"}, {});
  const auto afresh = fetcher->Fetch({.url = server.Url("/")}, {});

  EXPECT_EQ(response->status, 304);
  EXPECT_EQ(response->etag, "\"2\"");
  EXPECT_EQ(response->last_modified, "then");
  EXPECT_NE(server.requests()[0].find("If-None-Match: \"1\"\r\n"), std::string::npos);
  EXPECT_NE(server.requests()[0].find("If-Modified-Since: before\r\n"), std::string::npos);
  EXPECT_EQ(server.requests()[1].find("If-"), std::string::npos);
}

TEST(Fetch, TriesAFailureOfTheServerThreeTimes) {
  for (const int status : {429, 500, 502, 503, 504, 520}) {
    RawServer server(FirstThenSoup(Answer(status, "no"), 2));
    EXPECT_EQ(Outcome(Get(server.Url("/"))), "200 soup") << status;
    EXPECT_EQ(server.requests().size(), 3);
  }
  RawServer server(FirstThenSoup(Answer(500, "no"), 9));
  EXPECT_EQ(Outcome(Get(server.Url("/"))), "500 no");
  EXPECT_EQ(server.requests().size(), 3);
}

TEST(Fetch, TriesAgainWhatTheSiteIsKnownToGiveForAMoment) {
  const std::string away =
      "HTTP/1.1 303 See Other\r\nLocation: /login\r\nContent-Length: 0\r\n\r\n";
  for (const std::string& passing : {Answer(400, "try again"), away}) {
    RawServer server(FirstThenSoup(passing, 1));
    FetchRequest request{.method = "POST", .url = server.Url("/"), .body = "{}", .headers = {}};
    request.passing = {303, 400};

    const auto response = MakeFetcher()->Fetch(request, {});

    ASSERT_TRUE(response) << response.error().message;
    EXPECT_EQ(response->body, "soup");
    ASSERT_EQ(server.requests().size(), 2);
    EXPECT_EQ(server.requests()[0], server.requests()[1]);
  }
}

TEST(Fetch, TriesABrokenConnectionThreeTimes) {
  for (const char* bytes : {"", "HTTP/1.1 200 OK\r\nContent-Le"}) {
    RawServer server(FirstThenSoup(bytes, 2));
    EXPECT_EQ(Outcome(Get(server.Url("/"))), "200 soup") << bytes;
    EXPECT_EQ(server.requests().size(), 3);
  }
}

TEST(Fetch, TakesAnyOtherStatusForAnAnswer) {
  for (const int status : {400, 401, 403, 404, 410, 422}) {
    RawServer server([&](const std::string&) { return Script{Answer(status, "no")}; });
    EXPECT_EQ(Outcome(Get(server.Url("/"))), std::to_string(status) + " no");
    EXPECT_EQ(server.requests().size(), 1);
  }
}

TEST(Fetch, WaitsLongerBeforeEachTry) {
  RawServer server(FirstThenSoup(Answer(500, "no"), 2));
  FetchSettings settings = QuickSettings();
  settings.backoff = milliseconds(100);
  const auto began = steady_clock::now();

  Get(server.Url("/"), settings);

  EXPECT_GE(steady_clock::now() - began, milliseconds(50 + 100));
}

TEST(Fetch, IsUnavailableWhereNobodyListens) {
  std::string url;
  {
    RawServer server([](const std::string&) { return Script{}; });
    url = server.Url("/");
  }

  EXPECT_TRUE(Outcome(Get(url)).starts_with("unavailable: localhost: Failed to connect"));
}

TEST(Fetch, WaitsAsLongAsItIsAskedTo) {
  RawServer server(FirstThenSoup(Answer(429, "", "Retry-After: 1\r\n"), 1));
  auto began = steady_clock::now();
  EXPECT_EQ(Outcome(Get(server.Url("/"))), "200 soup");
  EXPECT_GE(steady_clock::now() - began, seconds(1));

  began = steady_clock::now();
  RawServer by_date(
      FirstThenSoup(Answer(503, "", "Retry-After: " + HttpDate(seconds(2)) + "\r\n"), 1));
  EXPECT_EQ(Outcome(Get(by_date.Url("/"))), "200 soup");
  EXPECT_GE(steady_clock::now() - began, milliseconds(900));
}

TEST(Fetch, HoldsOnlyTheKeyThatWasAskedToWait) {
  RawServer server(
      [](const std::string&) { return Script{Answer(429, "", "Retry-After: 30\r\n")}; });
  FetchSettings settings = QuickSettings();
  settings.tries = 1;
  const auto fetcher = MakeFetcher(settings);

  EXPECT_EQ(Outcome(fetcher->Fetch({.url = server.Url("/"), .pacing_key = "acme"}, {})), "429 ");

  EXPECT_FALSE(fetcher->IsFree("acme"));
  EXPECT_TRUE(fetcher->IsFree("other"));
}

TEST(Fetch, FailsWithTheTimeWhereTheWaitIsOverAMinute) {
  RawServer server(
      [](const std::string&) { return Script{Answer(429, "", "Retry-After: 61\r\n")}; });
  const std::string outcome = Outcome(Get(server.Url("/")));
  EXPECT_TRUE(
      outcome.starts_with("upstream: localhost answers 429 and asks to wait 61 s, until 20"))
      << outcome;
  EXPECT_EQ(server.requests().size(), 1);

  for (const std::string& wait : {HttpDate(seconds(3'600)), std::string("9223372036854775807"),
                                  std::string("99999999999999999999999")}) {
    RawServer long_one([&](const std::string&) {
      return Script{Answer(503, "", "Retry-After: " + wait + "\r\n")};
    });
    EXPECT_TRUE(Outcome(Get(long_one.Url("/")))
                    .starts_with("upstream: localhost answers 503 and asks to wait"))
        << wait;
  }
}

TEST(Fetch, LeavesAVendorAloneThatAskedToWaitOverAMinute) {
  RawServer server(
      [](const std::string&) { return Script{Answer(429, "", "Retry-After: 120\r\n")}; });
  const auto fetcher = MakeFetcher();
  Outcome(fetcher->Fetch({.url = server.Url("/a"), .pacing_key = "acme"}, {}));

  const std::string again =
      Outcome(fetcher->Fetch({.url = server.Url("/b"), .pacing_key = "acme"}, {}));
  const std::string other =
      Outcome(fetcher->Fetch({.url = server.Url("/c"), .pacing_key = "other"}, {}));

  EXPECT_TRUE(again.starts_with("upstream: acme is left alone until 20")) << again;
  EXPECT_TRUE(again.ends_with("as it asked")) << again;
  EXPECT_TRUE(other.starts_with("upstream: localhost answers 429")) << other;
  EXPECT_EQ(server.requests().size(), 2);
}

TEST(Fetch, TriesAgainAfterAWaitThatMakesNoSense) {
  for (const char* wait : {"soon", "-5", "0", "Sun, 06 Nov 1994 08:49:37 GMT"}) {
    RawServer server(FirstThenSoup(Answer(503, "", fmt::format("Retry-After: {}\r\n", wait)), 1));
    EXPECT_EQ(Outcome(Get(server.Url("/"))), "200 soup") << wait;
  }
}

TEST(Fetch, IsCancelledLongBeforeItsTimeWhileItWaits) {
  std::promise<void> asked;
  RawServer server([&](const std::string&) {
    asked.set_value();
    return Script{Answer(429, "", "Retry-After: 50\r\n")};
  });

  const auto [outcome, took] = StopOnceAsked(server.Url("/"), asked);

  EXPECT_TRUE(outcome.starts_with("cancelled")) << outcome;
  EXPECT_LT(took, 20) << "it was to wait for fifty seconds";
}

TEST(Fetch, LeavesAHostAloneAfterFiveFailuresAndSaysUntilWhen) {
  RawServer server([](const std::string&) { return Script{Answer(500, "no")}; });
  const auto fetcher = MakeFetcher();
  for (int i = 0; i < 5; ++i)
    EXPECT_EQ(Outcome(fetcher->Fetch({.url = server.Url("/")}, {})), "500 no");

  const std::string outcome = Outcome(fetcher->Fetch({.url = server.Url("/")}, {}));

  EXPECT_TRUE(outcome.starts_with("upstream: localhost is left alone until 20")) << outcome;
  EXPECT_EQ(server.requests().size(), 15);
}

TEST(Fetch, CountsNoFailureWhereTheServerOnlyRefuses) {
  RawServer server([](const std::string&) { return Script{Answer(404, "no")}; });
  const auto fetcher = MakeFetcher();

  for (int i = 0; i < 7; ++i)
    EXPECT_EQ(Outcome(fetcher->Fetch({.url = server.Url("/")}, {})), "404 no");
}

TEST(MakeHttpFetcher, RefusesAGatewayThatIsNoUrl) {
  for (const char* wrong : {"127.0.0.1:9001", "ftp://x", "http://", "http://a b", "http://x/?q"}) {
    FetchSettings settings = QuickSettings();
    settings.gateway = wrong;
    EXPECT_EQ(MakeHttpFetcher(settings).error().code, Errc::kInvalidInput) << wrong;
  }
}

}  // namespace
}  // namespace rolecall
