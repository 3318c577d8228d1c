// What the server bounds: sizes, times, and how many connect.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <memory>
#include <vector>

#include "tests/support/raw_client.h"
#include "tests/support/served.h"

namespace rolecall {
namespace {

using namespace std::chrono_literals;
using testing::StartsWith;

constexpr std::string_view kPost = "POST / HTTP/1.1\r\nHost: h\r\n";

Reply CountBytes(const Request& request) {
  return {.content_type = "text/plain", .body = fmt::format("{} bytes", request.body.size())};
}

class Limits : public Served {
 protected:
  // Refuses, says so as the interface does, and ends the connection without a reset.
  void ExpectRefused(std::string_view bytes, int status) {
    RawClient client(port());
    client.Send(bytes);
    const RawReply reply = client.Read();
    EXPECT_EQ(reply.status, status);
    EXPECT_THAT(reply.body, StartsWith(R"({"detail":")"));
    EXPECT_EQ(reply.HeaderOf("content-type"), "application/json");
    EXPECT_EQ(reply.HeaderOf("connection"), "close");
    EXPECT_EQ(client.ReadToTheEnd(), "");
    EXPECT_TRUE(client.ended());
  }
};

TEST_F(Limits, RefusesABodyOverOneMebibyteByItsAnnouncement) {
  Start(CountBytes);

  ExpectRefused(fmt::format("{}Content-Length: 1048577\r\n\r\n", kPost), 413);
  ExpectRefused(fmt::format("{}Transfer-Encoding: chunked\r\n\r\n100001\r\n", kPost), 413);
  ExpectRefused(fmt::format("{}Expect: 100-continue\r\nContent-Length: 1048577\r\n\r\n", kPost),
                413);
}

TEST_F(Limits, TakesABodyOfExactlyOneMebibyte) {
  Start(CountBytes);
  RawClient client(port());

  client.Send(fmt::format("{}Content-Length: 1048576\r\n\r\n{}", kPost, std::string(1 << 20, 'x')));

  EXPECT_EQ(client.Read().body, "1048576 bytes");
}

TEST_F(Limits, LetsTheAnswerThroughToWhoSendsOn) {
  Start({.linger_time = 60s}, CountBytes);
  RawClient client(port());
  const std::string all =
      fmt::format("{}Content-Length: 4000000\r\n\r\n{}", kPost, std::string(4'000'000, 'x'));
  auto sent = std::async(std::launch::async, [&] { return client.Send(all); });

  EXPECT_TRUE(sent.get());
  EXPECT_EQ(client.Read().status, 413);
  client.FinishSending();
  EXPECT_EQ(client.ReadToTheEnd(), "");
  EXPECT_TRUE(client.ended());
}

TEST_F(Limits, LingersNoLongerAndForNoMoreThanIsSet) {
  Start({.linger_time = 20ms}, CountBytes);
  ExpectRefused("nonsense\r\n\r\n", 400);
  End();
  Start({.linger_time = 60s, .linger_bytes = 1000}, CountBytes);
  RawClient client(port());

  client.Send("nonsense\r\n\r\n" + std::string(100'000, 'x'));

  EXPECT_EQ(client.Read().status, 400);
  client.ReadToTheEnd();
}

TEST_F(Limits, RefusesHeadersOver16Kibibytes) {
  Start(CountBytes);

  ExpectRefused("GET / HTTP/1.1\r\nHost: h\r\nX: " + std::string(16'384, 'x') + "\r\n\r\n", 431);
  ExpectRefused("GET /" + std::string(20'000, 'x'), 431);
  RawClient client(port());
  client.Ask("/", "X: " + std::string(16'000, 'x') + "\r\n");
  EXPECT_EQ(client.Read().status, 200);
}

TEST_F(Limits, RefusesAHeaderThatDoesNotComeInTime) {
  Start({.header_time = 30ms}, CountBytes);

  ExpectRefused("GET / HTTP/1.1\r\n", 408);
  EXPECT_EQ(Exchanges(1)[0].status, 408);
}

TEST_F(Limits, CountsTheTimeOfAHeaderFromItsFirstByteAndNotFromTheLast) {
  Start({.header_time = 100ms}, CountBytes);
  RawClient client(port());
  auto read = std::async(std::launch::async, [&] { return client.Read().status; });

  client.Send("GET / HTTP/1.1\r\n");
  while (read.wait_for(5ms) != std::future_status::ready && client.Send("X: y\r\n")) continue;

  EXPECT_EQ(read.get(), 408);
}

TEST_F(Limits, RefusesABodyThatDoesNotComeInTime) {
  Start({.body_time = 30ms}, CountBytes);

  ExpectRefused(fmt::format("{}Content-Length: 5\r\n\r\nabc", kPost), 408);
}

TEST_F(Limits, ClosesAnIdleConnectionWithoutAWord) {
  Start({.idle_time = 30ms}, CountBytes);

  // Again where it is idle before this machine has let it ask.
  int status = 0;
  for (int tries = 0; tries < 1'000 && status == 0; ++tries) {
    RawClient client(port());
    client.Ask("/");
    status = client.Read().status;
    EXPECT_EQ(client.ReadToTheEnd(), "");
    EXPECT_TRUE(client.ended());
  }
  EXPECT_EQ(status, 200);
  EXPECT_EQ(Say(""), "");
  EXPECT_EQ(Exchanges(1).size(), 1U);
}

TEST_F(Limits, EndsAConnectionAfterItsLastRequest) {
  Start({.requests_a_connection = 2}, CountBytes);
  RawClient client(port());

  client.Ask("/");
  EXPECT_EQ(client.Read().HeaderOf("connection"), "");
  client.Ask("/");
  EXPECT_EQ(client.Read().HeaderOf("connection"), "close");
  EXPECT_EQ(client.ReadToTheEnd(), "");
}

TEST_F(Limits, TurnsAwayWhoIsTooMany) {
  Start({.connections = 1}, CountBytes);
  RawClient first(port());
  first.Ask("/");
  EXPECT_EQ(first.Read().status, 200);

  RawClient second(port());
  EXPECT_EQ(second.Read().status, 503);
  second.ReadToTheEnd();
  EXPECT_EQ(Exchanges(2)[1].status, 503);
  EXPECT_EQ(Exchanges(2)[1].path, "");
}

TEST_F(Limits, FreesThePlaceOfWhoHasGone) {
  Start({.connections = 1}, CountBytes);

  EXPECT_THAT(Say("GET / HTTP/1.0\r\n\r\n"), StartsWith("HTTP/1.1 200"));
  int status = 503;
  while (status == 503) {
    RawClient client(port());
    client.Ask("/");
    status = client.Read().status;
  }
  EXPECT_EQ(status, 200);
}

TEST_F(Limits, AsksForABodyThatWaitsToBeAskedFor) {
  Start(CountBytes);
  RawClient client(port());

  client.Send(fmt::format("{}Expect: 100-continue\r\nContent-Length: 3\r\n\r\n", kPost));
  EXPECT_EQ(client.ReadHead().head, "HTTP/1.1 100 Continue");
  client.Send("abc");
  EXPECT_EQ(client.Read().body, "3 bytes");
}

TEST_F(Limits, RefusesRequestsWhoseEndIsInDoubt) {
  Start(CountBytes);
  const std::string smuggled = "\r\n0\r\n\r\nGET /admin HTTP/1.1\r\nHost: h\r\n\r\n";

  ExpectRefused(
      fmt::format("{}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n{}", kPost, smuggled), 400);
  ExpectRefused(fmt::format("{}Content-Length: 4\r\nContent-Length: 44\r\n{}", kPost, smuggled),
                400);
  EXPECT_EQ(Exchanges(2).size(), 2U);
}

TEST_F(Limits, RefusesWhatIsMalformed) {
  Start(CountBytes);

  ExpectRefused("\x16\x03\x01 hello", 400);
  ExpectRefused("GET / HTTP/1.1\r\n\r\n", 400);
  ExpectRefused("GET / HTTP/3.0\r\nHost: h\r\n\r\n", 505);
}

TEST_F(Limits, ReadsARequestThatComesByteByByte) {
  Start(CountBytes);
  RawClient client(port());

  for (const char byte : fmt::format("{}Content-Length: 2\r\n\r\nab", kPost))
    client.Send(std::string_view(&byte, 1));

  EXPECT_EQ(client.Read().body, "2 bytes");
}

TEST_F(Limits, HoldsNoHandlerForWhoReadsSlowly) {
  Start({.handlers = 1}, [](const Request& request) {
    if (request.path == "/small") return CountBytes(request);
    return Reply{.content_type = "image/png", .body = std::string(32 << 20, 'x')};
  });
  std::vector<std::unique_ptr<RawClient>> slow;
  for (int i = 0; i < 3; ++i) {
    slow.push_back(std::make_unique<RawClient>(port()));
    slow.back()->TakeLittle();
    slow.back()->Ask("/large");
    EXPECT_EQ(slow.back()->ReadHead().status, 200);
  }

  RawClient quick(port());
  quick.Ask("/small");

  EXPECT_EQ(quick.Read().body, "0 bytes");
  EXPECT_EQ(slow[0]->ReadBytes(32 << 20).size(), 32U << 20);
}

TEST_F(Limits, CutsOffWhoTakesNothing) {
  Start({.write_time = 50ms}, [](const Request&) {
    return Reply{.content_type = "image/png", .body = std::string(32 << 20, 'x')};
  });
  RawClient client(port());
  client.TakeLittle();

  client.Ask("/large");

  EXPECT_LT(Exchanges(1)[0].bytes, 32U << 20);
  EXPECT_LT(client.ReadToTheEnd().size(), 32U << 20);
}

}  // namespace
}  // namespace rolecall
