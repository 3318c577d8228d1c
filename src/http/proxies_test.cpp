#include "http/proxies.h"

#include <gtest/gtest.h>

namespace rolecall {
namespace {

std::string CallerBehind(std::string_view proxies, std::string_view peer,
                         std::initializer_list<std::string_view> forwarded) {
  Request request;
  request.peer = peer;
  for (const auto& value : forwarded)
    request.headers.push_back({"x-forwarded-for", std::string(value)});
  return Proxies::Read(proxies)->CallerOf(request);
}

TEST(Proxies, TellWhereARequestCameFrom) {
  EXPECT_EQ(CallerBehind("127.0.0.1", "127.0.0.1", {"203.0.113.7"}), "203.0.113.7");
  EXPECT_EQ(CallerBehind("127.0.0.1,10.0.0.0/8", "127.0.0.1", {"203.0.113.7, 10.1.2.3"}),
            "203.0.113.7");
  EXPECT_EQ(CallerBehind("::1", "::1", {"2001:db8::7"}), "2001:db8::7");
  EXPECT_EQ(CallerBehind("::1", "::1", {"[2001:db8::7]:443"}), "2001:db8::7");
  EXPECT_EQ(CallerBehind("::1", "::1", {"203.0.113.7:5678"}), "203.0.113.7");
  EXPECT_EQ(CallerBehind("10.0.0.0/8", "::ffff:10.1.2.3", {"203.0.113.7"}), "203.0.113.7");
}

TEST(Proxies, AreNotBelievedWhatWhoeverAsksMayHaveWritten) {
  EXPECT_EQ(CallerBehind("127.0.0.1", "127.0.0.1", {"198.51.100.1, 203.0.113.7"}), "203.0.113.7");
  EXPECT_EQ(CallerBehind("127.0.0.1", "127.0.0.1", {"198.51.100.1", "203.0.113.7"}), "203.0.113.7");
  EXPECT_EQ(CallerBehind("127.0.0.1", "203.0.113.7", {"198.51.100.1"}), "203.0.113.7");
  EXPECT_EQ(CallerBehind("", "127.0.0.1", {"198.51.100.1"}), "127.0.0.1");
}

TEST(Proxies, StandForThoseWhomTheyDoNotTellOf) {
  EXPECT_EQ(CallerBehind("127.0.0.1", "127.0.0.1", {}), "127.0.0.1");
  EXPECT_EQ(CallerBehind("127.0.0.1", "127.0.0.1", {"unknown"}), "127.0.0.1");
  EXPECT_EQ(CallerBehind("127.0.0.1", "127.0.0.1", {""}), "127.0.0.1");
  EXPECT_EQ(CallerBehind("127.0.0.1,10.0.0.0/8", "127.0.0.1", {"unknown, 10.1.2.3"}), "10.1.2.3");
}

TEST(Proxies, StandInBlocks) {
  const Proxies proxies = *Proxies::Read(" 10.0.0.0/8 ,, 2001:db8::/33 , 192.0.2.1");
  for (const char* address : {"10.255.0.1", "2001:db8:7fff::1", "192.0.2.1"})
    EXPECT_TRUE(proxies.Has(address)) << address;
  for (const char* address : {"11.0.0.1", "2001:db8:8000::1", "192.0.2.2", "", "x"})
    EXPECT_FALSE(proxies.Has(address)) << address;
  EXPECT_TRUE(Proxies::Read("0.0.0.0/0")->Has("203.0.113.7"));
  EXPECT_FALSE(Proxies::Read("0.0.0.0/0")->Has("2001:db8::1"));
}

TEST(Proxies, AreRefusedWhereTheyAreNoAddresses) {
  for (const char* list : {"proxy.example.com", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "::/129",
                           "10.0.0/8", "10.0.0.0/8x"})
    EXPECT_EQ(Proxies::Read(list).error().code, Errc::kInvalidInput) << list;
}

}  // namespace
}  // namespace rolecall
