// A host is asked what it forbids before it is asked for anything, and once for a while.
#include "fetch/robots_fetcher.h"

#include <gtest/gtest.h>

#include "tests/support/canned_fetcher.h"
#include "tests/support/raw_server.h"
#include "tests/support/web.h"

namespace rolecall {
namespace {

constexpr std::string_view kRobots = "https://careers.example.com/robots.txt";

// What a reading would do at a host whose robots.txt is answered so.
class HeedingRobots {
 public:
  explicit HeedingRobots(Result<Response> robots) : robots_(std::move(robots)) {}

  std::string Ask(std::string url = "https://careers.example.com/jobs?pr=0") {
    FetchRequest request{.url = std::move(url), .pacing_key = "example.com"};
    request.heeds_robots = true;
    return Outcome(fetcher_->Fetch(request, {}));
  }
  std::vector<FetchRequest> asked() { return canned_->asked(); }
  void Wait(std::chrono::minutes time) { now_ += time; }
  void Answer(Result<Response> robots) { robots_ = std::move(robots); }

 private:
  Result<Response> robots_;
  std::chrono::steady_clock::time_point now_{};
  CannedFetcher* canned_ = new CannedFetcher([this](const FetchRequest& request) {
    return request.url.ends_with("/robots.txt") ? robots_ : Ok("soup");
  });
  std::unique_ptr<Fetcher> fetcher_ =
      MakeRobotsFetcher(std::unique_ptr<Fetcher>(canned_), {}, [this] { return now_; });
};

TEST(RobotsFetcher, AsksForThemFirstAndOnce) {
  HeedingRobots host(Ok("User-agent: *\nDisallow: /admin"));

  EXPECT_EQ(host.Ask(), "200 soup");
  EXPECT_EQ(host.Ask(), "200 soup");

  const auto asked = host.asked();
  ASSERT_EQ(asked.size(), 3);
  EXPECT_EQ(asked[0].url, kRobots);
  EXPECT_EQ(asked[0].pacing_key, "example.com");
  EXPECT_EQ(asked[1].url, "https://careers.example.com/jobs?pr=0");
}

TEST(RobotsFetcher, AsksNothingThatTheyForbid) {
  HeedingRobots host(Ok("User-agent: *\nDisallow: /jobs?pr="));

  EXPECT_EQ(host.Ask(),
            "upstream: robots.txt of careers.example.com says: Disallow: /jobs?pr= (line 2)");

  EXPECT_EQ(host.asked().size(), 1);
}

TEST(RobotsFetcher, EachHostHasItsOwn) {
  HeedingRobots host(Ok(""));

  for (const char* url :
       {"https://a.example.com/x", "https://a.example.com:8443/x", "http://a.example.com/x"})
    EXPECT_EQ(host.Ask(url), "200 soup");

  EXPECT_EQ(host.asked().size(), 6);
  EXPECT_EQ(host.asked()[2].url, "https://a.example.com:8443/robots.txt");
}

TEST(RobotsFetcher, AreAskedForAgainAfterAWhile) {
  HeedingRobots host(Ok(""));
  EXPECT_EQ(host.Ask(), "200 soup");
  host.Answer(Ok("User-agent: rolecall\nDisallow: /"));

  host.Wait(std::chrono::minutes(59));
  EXPECT_EQ(host.Ask(), "200 soup");
  host.Wait(std::chrono::minutes(1));
  EXPECT_EQ(host.Ask(), "upstream: robots.txt of careers.example.com says: Disallow: / (line 2)");
}

TEST(RobotsFetcher, WhereThereAreNoneNothingIsForbidden) {
  for (const int status : {400, 401, 403, 404, 410})
    EXPECT_EQ(HeedingRobots(Response{.status = status, .body = "User-agent: *\nDisallow: /"}).Ask(),
              "200 soup")
        << status;
}

TEST(RobotsFetcher, WhileTheyCannotBeHadNothingIsAsked) {
  for (const int status : {304, 429, 500, 503}) {
    HeedingRobots host(Response{.status = status});
    EXPECT_EQ(host.Ask(), fmt::format("upstream: robots.txt of careers.example.com cannot be had "
                                      "(HTTP {}), so nothing may be asked there now",
                                      status));
    EXPECT_EQ(host.asked().size(), 1);
    host.Answer(Ok(""));
    EXPECT_EQ(host.Ask(), "200 soup");
  }
  EXPECT_EQ(HeedingRobots(Fail(Errc::kUpstream, "no whole answer within 30.0 s")).Ask(),
            "upstream: robots.txt of careers.example.com cannot be had (no whole answer within "
            "30.0 s), so nothing may be asked there now");
  EXPECT_EQ(HeedingRobots(Fail(Errc::kUnavailable, "careers.example.com: no such host")).Ask(),
            "unavailable: careers.example.com: no such host");
  EXPECT_EQ(HeedingRobots(Fail(Errc::kCancelled, "stopped")).Ask(), "cancelled: stopped");
}

TEST(RobotsFetcher, OtherRequestsDoNotAskForThem) {
  RawServer server([](const std::string& request) {
    return Script{FirstLine(request).contains("/robots.txt")
                      ? Answer(200, "User-agent: *\nDisallow: /")
                      : Answer(200, "soup")};
  });
  const auto fetcher = MakeFetcher();
  FetchRequest request{.url = server.Url("/jobs")};

  EXPECT_EQ(Outcome(fetcher->Fetch(request, {})), "200 soup");
  request.heeds_robots = true;
  EXPECT_EQ(Outcome(fetcher->Fetch(request, {})),
            fmt::format("upstream: robots.txt of localhost:{} says: Disallow: / (line 2)",
                        server.port()));
  EXPECT_EQ(server.requests().size(), 2);
}

// A site that leads from /jobs to /private/jobs, and forbids what `robots` says.
RawServer::Handler Leading(std::string robots) {
  return [robots = std::move(robots)](const std::string& request) {
    const std::string line = FirstLine(request);
    if (line.contains("/robots.txt")) return Script{Answer(200, robots)};
    if (line.contains(" /jobs ")) return Script{Answer(302, "", "Location: /private/jobs\r\n")};
    return Script{Answer(200, "soup")};
  };
}

TEST(RobotsFetcher, WhatARedirectLeadsToIsHeededToo) {
  for (const auto& [heeds, outcome] :
       {std::pair(true, std::string("upstream: localhost redirects: robots.txt of localhost:{} "
                                    "says: Disallow: /private (line 2)")),
        std::pair(false, std::string("200 soup"))}) {
    RawServer server(Leading("User-agent: *\nDisallow: /private"));
    FetchRequest request{.url = server.Url("/jobs")};
    request.heeds_robots = heeds;

    EXPECT_EQ(Outcome(MakeFetcher()->Fetch(request, {})),
              fmt::format(fmt::runtime(outcome), server.port()));
    EXPECT_EQ(server.requests().size(), 2);
  }
}

TEST(RobotsFetcher, ARedirectToAnUnprotectedAddressIsRefusedBeforeAnybodyIsAsked) {
  RawServer gateway([](const std::string& request) {
    return Script{FirstLine(request).contains("/robots.txt")
                      ? Answer(404, "")
                      : Answer(302, "", "Location: http://other.example.com/jobs\r\n")};
  });
  FetchRequest request{.url = "https://boards.example.com/jobs"};
  request.heeds_robots = true;
  FetchSettings settings = QuickSettings();
  settings.gateway = fmt::format("http://127.0.0.1:{}/", gateway.port());
  settings.allowed_hosts = {};

  EXPECT_EQ(Outcome(MakeFetcher(settings)->Fetch(request, {})),
            "upstream: boards.example.com redirects from https to http, which anybody on the way "
            "could have written");
  EXPECT_EQ(gateway.requests().size(), 2);
}

TEST(RobotsFetcher, AnotherHostThatARedirectLeadsToIsAskedWhatItForbids) {
  for (const auto& [robots, outcome] :
       {std::pair("User-agent: *\nDisallow: /private", "upstream: "), std::pair("", "200 soup")}) {
    RawServer other(Leading(robots));
    RawServer server([&](const std::string& request) {
      if (FirstLine(request).contains("/robots.txt")) return Script{Answer(404, "")};
      return Script{Answer(302, "", fmt::format("Location: {}\r\n", other.Url("/private/jobs")))};
    });
    FetchRequest request{.url = server.Url("/jobs")};
    request.heeds_robots = true;

    const std::string said = Outcome(MakeFetcher()->Fetch(request, {}));

    EXPECT_TRUE(said.starts_with(outcome)) << said;
    EXPECT_EQ(FirstLine(other.requests().at(0)), "GET /robots.txt HTTP/1.1");
  }
}

}  // namespace
}  // namespace rolecall
