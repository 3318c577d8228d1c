// The web asked through a proxy: what it is told, what it may refuse, and who is asked without it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/raw_server.h"
#include "tests/web/https.h"
#include "tests/web/tunnel_proxy.h"

namespace rolecall {
namespace {
using testing::HasSubstr;
using testing::StartsWith;

constexpr char kJobsUrl[] = "https://careers.acme.example/jobs?page=1";

// Whom the guard lets through by their names alone.
FetchSettings ThroughPort(int port, const std::string& password = "") {
  FetchSettings settings = QuickSettings();
  settings.allowed_hosts.clear();
  settings.proxies.for_https = fmt::format("http://{}127.0.0.1:{}", password, port);
  settings.proxies.for_http = settings.proxies.for_https;
  return settings;
}

TlsServer::Settings AsHost() { return {.identity = TrustedAuthority().Sign(kHost)}; }

// What comes of a proxy that answers so, "PORT" for its port, and how often it is asked.
std::pair<std::string, std::size_t> Refused(int status, const std::string& password = "") {
  RawServer proxy([&](const std::string&) { return Script{Answer(status, "no")}; });
  std::string outcome = Outcome(Get(kJobsUrl, ThroughPort(proxy.port(), password)));
  const std::string port = std::to_string(proxy.port());
  for (std::size_t at = 0; (at = outcome.find(port, at)) != std::string::npos;)
    outcome.replace(at, port.size(), "PORT");
  return {outcome, proxy.requests().size()};
}

TEST(Proxy, ConnectsToTheHostAndIsToldNothingElse) {
  TlsServer server(AsHost(), Always({.body = "soup"}));
  TunnelProxy proxy({{"careers.acme.example:443", server.port()}});

  const auto response = MakeFetcher(ThroughPort(proxy.port()))
                            ->Fetch({.url = kJobsUrl, .headers = {{"X-Token", "secret"}}}, {});

  ASSERT_TRUE(response) << response.error().message;
  EXPECT_EQ(response->body, "soup");
  EXPECT_EQ(response->etag, "") << "the proxy's own";
  EXPECT_EQ(server.asked().at(0).protocol, "h2");
  ASSERT_EQ(proxy.heads().size(), 1);
  EXPECT_THAT(proxy.heads()[0], StartsWith("CONNECT careers.acme.example:443 HTTP/1.1\r\n"));
  EXPECT_THAT(proxy.heads()[0], testing::Not(HasSubstr("secret")));
  EXPECT_THAT(proxy.heads()[0], testing::Not(HasSubstr("page")));
}

TEST(Proxy, IsToldTheNameAndPasswordOfItsAddress) {
  TlsServer server(AsHost(), Always({.body = "soup"}));
  TunnelProxy proxy({{"careers.acme.example:443", server.port()}});

  EXPECT_EQ(Outcome(Get(kJobsUrl, ThroughPort(proxy.port(), "mia:soup@"))), "200 soup");

  EXPECT_THAT(proxy.heads().at(0), HasSubstr("Proxy-Authorization: Basic bWlhOnNvdXA=\r\n"));
}

TEST(Proxy, ProvesNothingOfTheHost) {
  TlsServer server({.identity = Authority("A proxy").Sign(kHost)}, Always({.body = "soup"}));
  TunnelProxy proxy({{"careers.acme.example:443", server.port()}});

  EXPECT_THAT(Outcome(Get(kJobsUrl, ThroughPort(proxy.port()))),
              HasSubstr("its certificate is signed by an authority that is not trusted here"));
}

TEST(Proxy, ThatAsksWhoIsThereIsToldOfOnce) {
  const auto [outcome, asked] = Refused(407);

  EXPECT_EQ(outcome,
            "upstream: careers.acme.example: the proxy 127.0.0.1:PORT asks for a name and a "
            "password, which its address can hold: http://NAME:PASSWORD@127.0.0.1:PORT (HTTP 407)");
  EXPECT_EQ(asked, 1);
}

TEST(Proxy, ThatDoesNotTakeThePasswordIsToldOfWithoutIt) {
  const auto [outcome, asked] = Refused(407, "mia:soup@");

  EXPECT_EQ(outcome,
            "upstream: careers.acme.example: the proxy 127.0.0.1:PORT does not take the name and "
            "password that its address holds (HTTP 407)");
  EXPECT_EQ(asked, 1);
}

TEST(Proxy, ThatForbidsTheHostIsToldOfOnce) {
  const auto [outcome, asked] = Refused(403);

  EXPECT_EQ(outcome,
            "upstream: careers.acme.example: the proxy 127.0.0.1:PORT refuses to connect to it "
            "(HTTP 403)");
  EXPECT_EQ(asked, 1);
}

TEST(Proxy, ThatCannotConnectIsAskedThreeTimes) {
  const auto [outcome, asked] = Refused(502);

  EXPECT_EQ(outcome,
            "unavailable: careers.acme.example: the proxy 127.0.0.1:PORT could not connect to it "
            "(HTTP 502)");
  EXPECT_EQ(asked, 3);
}

TEST(Proxy, ThatIsNotThereIsNamed) {
  int port = 0;
  {
    Loopback gone(Loopback::Family::kIpv4, [](int) {});
    port = gone.port();
  }

  EXPECT_THAT(
      Outcome(Get(kJobsUrl, ThroughPort(port))),
      StartsWith(fmt::format("unavailable: careers.acme.example: no connection to the proxy "
                             "127.0.0.1:{} (",
                             port)));
}

TEST(Proxy, IsAskedForWholeAddressesOfHttp) {
  RawServer proxy([](const std::string& request) {
    return Script{Answer(request.contains("/jobs") ? 200 : 407, "soup")};
  });
  const auto fetcher = MakeFetcher(ThroughPort(proxy.port()));

  EXPECT_EQ(Outcome(fetcher->Fetch({.url = "http://careers.acme.example/jobs"}, {})), "200 soup");
  EXPECT_THAT(Outcome(fetcher->Fetch({.url = "http://careers.acme.example/"}, {})),
              HasSubstr("asks for a name and a password"));

  EXPECT_EQ(FirstLine(proxy.requests().at(0)), "GET http://careers.acme.example/jobs HTTP/1.1");
}

TEST(Proxy, IsNotAskedForWhomNoProxyNames) {
  TlsServer server(AsHost(), Always({.body = "soup"}));
  TunnelProxy proxy({});
  FetchSettings settings = LeadingTo(server.port());
  settings.proxies = {.for_https = fmt::format("http://127.0.0.1:{}", proxy.port()),
                      .left_out = "acme.example"};

  EXPECT_EQ(Outcome(Get(kJobsUrl, settings)), "200 soup");

  settings.allowed_hosts.clear();
  EXPECT_THAT(Outcome(Get(kJobsUrl, settings)),
              testing::EndsWith("its name leads to a loopback address"))
      << "the guard sees whom the proxy does not";
  EXPECT_EQ(proxy.heads().size(), 0);
}

TEST(Proxy, IsNotLedIntoItsOwnNetwork) {
  TunnelProxy proxy({});

  for (const char* inside : {"https://10.0.0.8/", "https://[::1]/", "https://localhost/",
                             "https://metadata.google.internal/", "https://wiki/"}) {
    const std::string outcome = Outcome(Get(inside, ThroughPort(proxy.port())));
    EXPECT_THAT(outcome, StartsWith("invalid: "));
    EXPECT_THAT(outcome, HasSubstr(fmt::format("refused to fetch {}: ", inside)));
  }

  EXPECT_EQ(proxy.heads().size(), 0);
}

TEST(Proxy, IsNoMatterOfLibcurlsOwnEnvironment) {
  TlsServer server(AsHost(), Always({.body = "soup"}));
  TunnelProxy proxy({{"careers.acme.example:443", server.port()}});
  setenv("no_proxy", "*", 1);

  EXPECT_EQ(Outcome(Get(kJobsUrl, ThroughPort(proxy.port()))), "200 soup");
  EXPECT_EQ(proxy.heads().size(), 1);

  unsetenv("no_proxy");
}

}  // namespace
}  // namespace rolecall
