// Addresses that are never asked, however they are written.
#include "fetch/address_guard.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>

namespace rolecall {
namespace {

std::string Trouble(std::string_view url, const std::vector<std::string>& allowed = {}) {
  const auto address = CheckAddress(url, allowed);
  if (address) return "allowed";
  EXPECT_EQ(address.error().code, Errc::kInvalidInput) << url;
  return address.error().message;
}

std::string Refused4(const char* text) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  inet_pton(AF_INET, text, &address.sin_addr);
  return std::string(WhyRefused(reinterpret_cast<const sockaddr*>(&address)).value_or("allowed"));
}

std::string Refused6(const char* text) {
  sockaddr_in6 address{};
  address.sin6_family = AF_INET6;
  inet_pton(AF_INET6, text, &address.sin6_addr);
  return std::string(WhyRefused(reinterpret_cast<const sockaddr*>(&address)).value_or("allowed"));
}

TEST(CheckAddress, TakesAnAddressApart) {
  const auto address =
      CheckAddress("HTTPS://Boards.Example.com:8443/v1/acme/../b%20c?x=1&y#part", {});

  ASSERT_TRUE(address) << address.error().message;
  EXPECT_EQ(address->url, "https://boards.example.com:8443/v1/b%20c?x=1&y");
  EXPECT_EQ(address->host, "boards.example.com");
  EXPECT_EQ(address->place, "boards.example.com:8443");
  EXPECT_EQ(address->rest, "/v1/b%20c?x=1&y");
}

TEST(CheckAddress, LeavesOutThePortThatGoesWithoutSaying) {
  EXPECT_EQ(CheckAddress("https://example.com:443/a", {})->place, "example.com");
  EXPECT_EQ(CheckAddress("http://example.com:80", {})->url, "http://example.com/");
  EXPECT_EQ(CheckAddress("http://example.com:443/", {})->place, "example.com:443");
}

TEST(CheckAddress, RefusesANameThatIsNotAscii) {
  EXPECT_EQ(Trouble("https://bücher.example/a"),
            "refused to fetch https://bücher.example/a: the host's name is not ASCII");
  EXPECT_EQ(Trouble("https://xn--bcher-kva.example/a"), "allowed");
}

TEST(CheckAddress, RefusesWhatIsNoWebAddress) {
  for (const char* wrong : {"", "boards", "/v1/jobs", "https://", "https://a b.com/",
                            "https://x.com/\n", "https://[::1", "https://x.com:99999/"})
    EXPECT_TRUE(Trouble(wrong).ends_with(" is no URL")) << wrong << ": " << Trouble(wrong);
  for (const char* wrong : {"ftp://example.com/", "file:///etc/passwd", "gopher://example.com/"})
    EXPECT_TRUE(Trouble(wrong).ends_with("only http and https are")) << Trouble(wrong);
}

TEST(CheckAddress, RefusesAUrlThatNamesAUserWithoutShowingThePassword) {
  EXPECT_EQ(Trouble("https://me:secret@example.com/"),
            "refused to fetch from example.com: the URL names a user");
  EXPECT_EQ(Trouble("https://me@example.com/"),
            "refused to fetch from example.com: the URL names a user");
}

TEST(CheckAddress, RefusesTheMetadataOfClouds) {
  EXPECT_EQ(Trouble("http://169.254.169.254/latest/meta-data/"),
            "refused to fetch http://169.254.169.254/latest/meta-data/: a link-local address");
  EXPECT_EQ(Trouble("http://[fd00:ec2::254]/"),
            "refused to fetch http://[fd00:ec2::254]/: a private address");
  EXPECT_EQ(Trouble("http://metadata.google.internal/"),
            "refused to fetch http://metadata.google.internal/: a name of this machine or network");
  EXPECT_EQ(Trouble("http://168.63.129.16/"),
            "refused to fetch http://168.63.129.16/: a cloud's own address");
}

TEST(CheckAddress, RefusesLoopbackInEverySpelling) {
  for (const char* host : {"127.0.0.1",
                           "127.1",
                           "2130706433",
                           "0x7f000001",
                           "0x7f.1",
                           "0177.0.0.1",
                           "017700000001",
                           "127.0.0.1.",
                           "127.9.8.7",
                           "[::1]",
                           "[0:0:0:0:0:0:0:1]",
                           "[::ffff:127.0.0.1]",
                           "[::ffff:7f00:1]",
                           "[::127.0.0.1]",
                           "[64:ff9b::127.0.0.1]",
                           "[64:ff9b:1::127.0.0.1]",
                           "[64:ff9b:1:ffff::1]",
                           "[::ffff:0:127.0.0.1]",
                           "0.0.0.0",
                           "0",
                           "[::]",
                           "localhost",
                           "LOCALHOST",
                           "localhost.",
                           "api.localhost",
                           "%31%32%37.0.0.1",
                           "127。0。0。1",
                           "ⓛocalhost"})
    EXPECT_TRUE(Trouble("http://" + std::string(host) + "/").starts_with("refused to fetch"))
        << host << ": " << Trouble("http://" + std::string(host) + "/");
}

TEST(CheckAddress, RefusesPrivateNetworksInEverySpelling) {
  for (const char* host : {"10.0.0.1", "0xa000001", "167772161", "172.16.0.1", "172.31.255.255",
                           "192.168.1.1", "100.64.0.1", "[fd12::1]", "[fe80::1]", "[fec0::1]",
                           "[::ffff:10.0.0.1]", "[2002:a00:1::]", "printer.local"})
    EXPECT_TRUE(Trouble("http://" + std::string(host) + "/").starts_with("refused to fetch"))
        << host;
}

TEST(CheckAddress, AllowsThePublicWeb) {
  for (const char* url : {"https://example.com/", "http://8.8.8.8/", "https://172.32.0.1/",
                          "https://[2606:4700::1111]/", "https://localhost.example.com/"})
    EXPECT_EQ(Trouble(url), "allowed") << url;
}

TEST(CheckAddress, AllowsAPrivatePlaceByName) {
  EXPECT_EQ(Trouble("http://localhost:8080/", {"other", "LocalHost"}), "allowed");
  EXPECT_EQ(Trouble("http://10.0.0.1/", {"10.0.0.1"}), "allowed");
  EXPECT_NE(Trouble("http://10.0.0.2/", {"10.0.0.1"}), "allowed");
  EXPECT_NE(Trouble("http://10.0.0.1/", {"10.0.0"}), "allowed");
}

TEST(WhyRefused, KnowsTheAddressesOfSockets) {
  EXPECT_EQ(Refused4("127.0.0.1"), "a loopback address");
  EXPECT_EQ(Refused4("169.254.169.254"), "a link-local address");
  EXPECT_EQ(Refused4("10.1.2.3"), "a private address");
  EXPECT_EQ(Refused4("224.0.0.1"), "a multicast address");
  EXPECT_EQ(Refused4("255.255.255.255"), "a reserved address");
  EXPECT_EQ(Refused4("128.0.0.1"), "allowed");
  EXPECT_EQ(Refused6("::1"), "a loopback address");
  EXPECT_EQ(Refused6("::ffff:10.0.0.1"), "a private address");
  EXPECT_EQ(Refused6("::ffff:8.8.8.8"), "a mapped address");
  EXPECT_EQ(Refused6("fe80::1"), "a link-local address");
  EXPECT_EQ(Refused6("64:ff9b::8.8.8.8"), "allowed");
  EXPECT_EQ(Refused6("2606:4700::1111"), "allowed");
}

TEST(ResolveAddress, FollowsWhatALocationMeans) {
  const std::string base = "https://example.com/v1/jobs?x=1";

  EXPECT_EQ(*ResolveAddress(base, "/v2"), "https://example.com/v2");
  EXPECT_EQ(*ResolveAddress(base, "more"), "https://example.com/v1/more");
  EXPECT_EQ(*ResolveAddress(base, "//other.com/a"), "https://other.com/a");
  EXPECT_EQ(*ResolveAddress(base, "http://other.com/a b"), "http://other.com/a%20b");
  EXPECT_EQ(ResolveAddress(base, "http://[").error().code, Errc::kUpstream);
}

}  // namespace
}  // namespace rolecall
