// What is read over HTTPS, in either version of HTTP.
#include <gtest/gtest.h>

#include "tests/web/https.h"

namespace rolecall {
namespace {

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

}  // namespace
}  // namespace rolecall
