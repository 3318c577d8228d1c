// Which address is asked through which proxy.
#include "fetch/outward_proxy.h"

#include <gtest/gtest.h>

namespace rolecall {
namespace {

constexpr char kProxy[] = "http://mia:soup@proxy.example:3128";

std::string Through(const std::string& url, const std::string& left_out = "") {
  const auto proxy =
      ProxyFor({.for_https = kProxy, .for_http = "plain.example:80", .left_out = left_out},
               CheckAddress(url, {"intranet"}).value());
  return proxy ? *proxy : proxy.error().message;
}

TEST(ProxyFor, GoesByTheScheme) {
  EXPECT_EQ(Through("https://acme.example/"), kProxy);
  EXPECT_EQ(Through("http://acme.example/"), "plain.example:80");
  EXPECT_EQ(ProxyFor({}, CheckAddress("https://acme.example/", {}).value()).value(), "");
}

TEST(ProxyFor, LeavesOutWhomTheListNamesAndAllBeneath) {
  for (const char* list :
       {"acme.example", ".acme.example", "*.acme.example", "ACME.example", "*",
        "other.example, acme.example", "other.example acme.example", "acme.example:443", "example"})
    EXPECT_EQ(Through("https://careers.acme.example/", list), "") << list;
  EXPECT_EQ(Through("https://acme.example/", ".acme.example"), "");
  EXPECT_EQ(Through("https://acme.example:8443/", "acme.example:8443"), "");
  EXPECT_EQ(Through("https://203.1.112.7/", "203.1.112.7"), "");
  EXPECT_EQ(Through("https://[2606:4700::1]/", "[2606:4700::1]"), "");
}

TEST(ProxyFor, LeavesOutNobodyElse) {
  for (const char* list : {"", ",", "cme.example", "careers.acme.example.org", "acme.example:8443",
                           "www.careers.acme.example", "acme"})
    EXPECT_EQ(Through("https://careers.acme.example/", list), kProxy) << list;
  EXPECT_EQ(Through("https://acme.example:8443/", "acme.example:443"), kProxy);
}

TEST(ProxyFor, LeadsNobodyIntoTheProxysOwnNetwork) {
  EXPECT_EQ(Through("https://wiki/pages"),
            "refused to fetch https://wiki/pages: through a proxy, a name without a dot leads into "
            "the proxy's own network");
  EXPECT_EQ(Through("https://intranet/"), kProxy);
  EXPECT_EQ(Through("https://wiki/", "wiki"), "");
}

TEST(CheckProxies, RefusesWhatIsNoHttpProxyAndTellsNoPassword) {
  for (const char* wrong : {"socks5://mia:soup@proxy.example:1080", "https://proxy.example:3128",
                            "http://proxy.example", "http://", "proxy example:1"})
    EXPECT_EQ(CheckProxies({.for_https = wrong}).error().message,
              "https_proxy must be the address of an HTTP proxy with its port, such as "
              "http://proxy.example:3128")
        << wrong;
  EXPECT_TRUE(CheckProxies({.for_http = "ftp://x:1"}).error().message.starts_with("http_proxy "));
  for (const char* right : {"", kProxy, "proxy.example:80", "http://[2606:4700::1]:3128/"})
    EXPECT_TRUE(CheckProxies({.for_https = right})) << right;
}

TEST(ShownProxy, HasNoPassword) { EXPECT_EQ(ShownProxy(kProxy), "proxy.example:3128"); }

}  // namespace
}  // namespace rolecall
