// What is read over HTTPS, in either version of HTTP, and where the guard stays.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/gzip.h"
#include "tests/web/https.h"

namespace rolecall {
namespace {
using testing::HasSubstr;

TlsServer::Settings Speaking(std::vector<std::string> versions) {
  return {.identity = TrustedAuthority().Sign(kHost), .speaks = std::move(versions)};
}

TEST(Https, IsReadOverHttp2WhereTheServerSpeaksIt) {
  TlsServer server(Speaking({"h2", "http/1.1"}), Always({.body = "soup"}));

  const std::string outcome = AskedAt(server);

  EXPECT_EQ(outcome, "200 soup");
  ASSERT_EQ(server.asked().size(), 1);
  EXPECT_EQ(server.asked()[0].protocol, "h2");
  EXPECT_EQ(server.asked()[0].host, kHost);
  EXPECT_EQ(server.asked()[0].path, "/jobs?page=1");
}

TEST(Https, IsReadOverHttp1WhereTheServerSpeaksNoOther) {
  TlsServer server(Speaking({"http/1.1"}), Always({.body = "soup"}));

  const std::string outcome = AskedAt(server);

  EXPECT_EQ(outcome, "200 soup");
  ASSERT_EQ(server.asked().size(), 1);
  EXPECT_EQ(server.asked()[0].protocol, "http/1.1");
  EXPECT_EQ(server.asked()[0].host, kHost);
}

TEST(Https, KeepsAnHttp2ConnectionForTheNextRequest) {
  TlsServer server(Speaking({"h2"}), Always({.body = "soup"}));
  const auto fetcher = MakeFetcher(LeadingTo(server.port()));

  for (const char* page : {"/1", "/2", "/3"})
    EXPECT_EQ(Outcome(fetcher->Fetch({.url = std::string("https://") + kHost + page}, {})),
              "200 soup");

  EXPECT_EQ(server.asked().size(), 3);
  EXPECT_EQ(server.connections(), 1);
}

TEST(Https, ReadsWhatHttp2AnswersInManyFrames) {
  const std::string body(3 << 20, 'x');
  TlsServer server(Speaking({"h2"}), Always({.body = body}));

  EXPECT_EQ(AskedAt(server), "200 " + body);
}

TEST(Https, HearsTheHeadersOfHttp2) {
  TlsServer server(Speaking({"h2"}), Always({.body = Gzip("soup"),
                                             .headers = {{"etag", "\"1\""},
                                                         {"content-encoding", "gzip"},
                                                         {"content-type", "text/plain"}}}));

  const auto response = Get(std::string("https://") + kHost + "/", LeadingTo(server.port()));

  ASSERT_TRUE(response) << response.error().message;
  EXPECT_EQ(response->body, "soup");
  EXPECT_EQ(response->etag, "\"1\"");
  EXPECT_EQ(response->content_type, "text/plain");
}

TEST(Https, IsNotReadOfThisMachineByANameThatNobodyAllowed) {
  TlsServer server(Speaking({"h2"}), Always({.body = "soup"}));
  FetchSettings settings = LeadingTo(server.port());
  settings.allowed_hosts.clear();

  const std::string outcome = Outcome(Get(std::string("https://") + kHost + "/", settings));

  EXPECT_EQ(outcome,
            "invalid: careers.acme.example: refused to fetch https://careers.acme.example/: its "
            "name leads to a loopback address");
  EXPECT_EQ(server.connections(), 0);
}

TEST(Https, IsReadWhereANameHasAnAddressOfIpv6Alone) {
  TlsServer::Settings six = Speaking({"h2"});
  six.family = Loopback::Family::kIpv6;
  TlsServer server(six, Always({.body = "soup"}));
  if (server.port() == 0) GTEST_SKIP() << "this machine has no IPv6 loopback";
  FetchSettings settings = LeadingTo(server.port(), kHost, "[::1]");

  EXPECT_EQ(Outcome(Get(std::string("https://") + kHost + "/", settings)), "200 soup");

  settings.allowed_hosts.clear();
  EXPECT_THAT(Outcome(Get(std::string("https://") + kHost + "/", settings)),
              HasSubstr("its name leads to a loopback address"));
  EXPECT_EQ(server.connections(), 1);
}

}  // namespace
}  // namespace rolecall
