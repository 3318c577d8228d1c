// Certificates that prove nothing: refused at once, with what is wrong with whose.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/sockets.h"
#include "tests/web/https.h"

namespace rolecall {
namespace {
using testing::StartsWith;

// What comes of asking kHost, where the server proves itself by this. Nobody is ever asked, and the
// connection is tried once: the same certificate would be refused again.
std::string Refusal(Identity identity) {
  TlsServer server({.identity = std::move(identity)}, Always({.body = "soup"}));
  std::string outcome = AskedAt(server);
  EXPECT_EQ(server.asked().size(), 0);
  EXPECT_EQ(server.connections(), 1);
  return outcome;
}

constexpr char kBegins[] = "upstream: careers.acme.example: no connection that can be trusted: ";

TEST(Certificates, ThatExpiredAreRefused) {
  EXPECT_EQ(Refusal(TrustedAuthority().Sign(kHost, {.from = -7'200, .until = -3'600})),
            std::string(kBegins) + "its certificate has expired");
}

TEST(Certificates, ThatAreNotValidYetAreRefused) {
  EXPECT_EQ(Refusal(TrustedAuthority().Sign(kHost, {.from = 3'600, .until = 7'200})),
            std::string(kBegins) +
                "its certificate is not valid yet, or the clock of this machine is behind");
}

TEST(Certificates, SignedByThemselvesAreRefused) {
  EXPECT_EQ(Refusal(SignedByItself(kHost)),
            std::string(kBegins) + "its certificate is signed by nobody but itself");
}

TEST(Certificates, OfAnAuthorityThatNobodyTrustsAreRefused) {
  EXPECT_EQ(Refusal(Authority("Somebody").Sign(kHost)),
            std::string(kBegins) +
                "its certificate is signed by an authority that is not trusted here "
                "(SSL_CERT_FILE can name a file of those that are)");
}

TEST(Certificates, ForgedInTheNameOfATrustedAuthorityAreRefused) {
  EXPECT_EQ(Refusal(Authority("The authority of these tests").Sign(kHost)),
            std::string(kBegins) +
                "its certificate is forged: the authority that it names has not signed it");
}

TEST(Certificates, OfAnotherHostAreRefused) {
  EXPECT_THAT(Refusal(TrustedAuthority().Sign("careers.other.example")),
              StartsWith(std::string(kBegins) + "its certificate is another host's ("));
}

TEST(Certificates, OfTheHostAboveAreRefused) {
  EXPECT_THAT(Refusal(TrustedAuthority().Sign("acme.example")),
              StartsWith(std::string(kBegins) + "its certificate is another host's ("));
}

TEST(Certificates, OfAllHostsOfADomainAreTaken) {
  TlsServer server({.identity = TrustedAuthority().Sign("*.acme.example")},
                   Always({.body = "soup"}));

  EXPECT_EQ(AskedAt(server), "200 soup");
}

TEST(Certificates, ThatNobodyShowsAreMissedThreeTimes) {
  std::atomic<int> connections = 0;
  Loopback plain(Loopback::Family::kIpv4, [&](int socket) {
    ++connections;
    SendAll(socket, "HTTP/1.1 400 We speak no TLS\r\n\r\n");
    EndSending(socket);
  });

  const std::string outcome =
      Outcome(Get(std::string("https://") + kHost + "/", LeadingTo(plain.port())));

  EXPECT_THAT(outcome, StartsWith("upstream: careers.acme.example: no TLS could be agreed on ("));
  EXPECT_EQ(connections, 3);
}

}  // namespace
}  // namespace rolecall
