// Bodies that are packed, told piece by piece, or handed to the streams.
#include <fcntl.h>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>

#include "tests/support/raw_client.h"
#include "tests/support/served.h"

namespace rolecall {
namespace {

using namespace std::chrono_literals;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

class Bodies : public Served {
 protected:
  // Pieces from `next`, which is given how many came before.
  void StartPieces(std::function<Result<std::string>(int)> next) {
    Start([next = std::move(next)](const Request&) {
      return Reply{.content_type = "text/plain",
                   .more = [next, count = 0]() mutable { return next(count++); }};
    });
  }
};

Result<std::string> ThreePieces(int count) {
  return count < 3
             ? std::string(static_cast<std::size_t>(count + 15), static_cast<char>('a' + count))
             : "";
}
const std::string kThreePieces = std::string(15, 'a') + std::string(16, 'b') + std::string(17, 'c');

TEST_F(Bodies, ArePackedForThoseWhoTakeIt) {
  const std::string text(100'000, 'x');
  Start([&](const Request&) { return Reply{.body = text}; });
  RawClient client(port());

  client.Ask("/", "Accept-Encoding: br, gzip;q=0.8\r\n");
  const RawReply packed = client.Read();
  client.Ask("/", "Accept-Encoding: gzip;q=0\r\n");
  const RawReply plain = client.Read();
  client.Send("HEAD / HTTP/1.1\r\nHost: h\r\nAccept-Encoding: gzip\r\n\r\n");
  const RawReply head = client.ReadHead();

  EXPECT_EQ(packed.HeaderOf("content-encoding"), "gzip");
  EXPECT_EQ(packed.HeaderOf("vary"), "Accept-Encoding");
  EXPECT_EQ(Unpacked(packed.body), text);
  EXPECT_EQ(Exchanges(1)[0].bytes, packed.body.size());
  EXPECT_EQ(plain.HeaderOf("content-encoding"), "");
  EXPECT_EQ(plain.HeaderOf("vary"), "Accept-Encoding");
  EXPECT_EQ(plain.body, text);
  EXPECT_EQ(head.HeaderOf("content-length"), packed.HeaderOf("content-length"));
}

TEST_F(Bodies, OfPiecesAreChunked) {
  StartPieces(ThreePieces);
  RawClient client(port());

  for (int i = 0; i < 2; ++i) {
    client.Ask("/");
    const RawReply reply = client.Read();
    EXPECT_EQ(reply.HeaderOf("transfer-encoding"), "chunked");
    EXPECT_EQ(reply.HeaderOf("content-length"), "");
    EXPECT_EQ(reply.body, kThreePieces);
    EXPECT_FALSE(reply.cut);
  }
  EXPECT_EQ(Exchanges(1)[0].bytes, kThreePieces.size());
}

TEST_F(Bodies, OfPiecesEndWithTheConnectionOnHttp10) {
  StartPieces(ThreePieces);

  const std::string said = Say("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");

  EXPECT_THAT(said, Not(HasSubstr("chunked")));
  EXPECT_THAT(said, HasSubstr("Connection: close"));
  EXPECT_THAT(said, EndsWith("\r\n\r\n" + kThreePieces));
}

TEST_F(Bodies, OfPiecesAreNotMadeForAHead) {
  std::atomic<int> made = 0;
  StartPieces([&](int) {
    ++made;
    return "";
  });
  RawClient client(port());

  client.Send("HEAD / HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_EQ(client.ReadHead().HeaderOf("transfer-encoding"), "chunked");
  client.Ask("/");
  EXPECT_EQ(client.Read().body, "");
  EXPECT_EQ(made, 1);
}

TEST_F(Bodies, ThatFailOnTheWayAreCutOff) {
  StartPieces([](int count) -> Result<std::string> {
    if (count > 0) return Fail(Errc::kStorage, "the database went");
    return "part";
  });
  RawClient client(port()), old(port());

  client.Ask("/");
  const RawReply reply = client.Read();
  EXPECT_TRUE(reply.cut);
  EXPECT_EQ(Exchanges(1)[0].failure, "the database went");
  old.Send("GET / HTTP/1.0\r\n\r\n");
  old.ReadToTheEnd();
  EXPECT_TRUE(old.broken());
}

TEST_F(Bodies, ThatThrowOnTheWayAreCutOff) {
  StartPieces([](int) -> Result<std::string> { throw std::runtime_error("oops"); });
  RawClient client(port());

  client.Ask("/");

  EXPECT_TRUE(client.Read().cut);
  EXPECT_EQ(Exchanges(1)[0].failure, "an exception: oops");
}

TEST_F(Bodies, OfPiecesAreMadeOnlyAsFastAsTheyAreTaken) {
  std::atomic<int> made = 0;
  StartPieces([&](int count) {
    ++made;
    return count < 64 ? std::string(1 << 20, 'x') : std::string();
  });
  RawClient slow(port()), other(port());
  slow.TakeLittle();

  slow.Ask("/");
  EXPECT_EQ(slow.ReadHead().status, 200);
  other.Ask("/");
  other.Read();

  EXPECT_LT(made, 128);
}

TEST_F(Bodies, OfAStatusWithoutBodyAreLeftOut) {
  Start([](const Request&) { return Reply{.status = 204, .body = "x"}; });
  RawClient client(port());

  client.Ask("/");
  EXPECT_THAT(client.ReadHead().head, Not(HasSubstr("Content-Length")));
  client.Ask("/");
  EXPECT_EQ(client.ReadHead().status, 204);
}

TEST_F(Bodies, OfStreamsAreHandedOverAndStayCounted) {
  auto topic = streams().MakeTopic();
  Start({.connections = 1}, [&](const Request&) {
    return Reply{.content_type = "text/event-stream",
                 .headers = {{"X-Mine", "yes"}},
                 .stream = Subscription{.first = ": hello\n\n", .topic = topic}};
  });
  RawClient client(port());

  client.Ask("/");
  const RawReply reply = client.ReadHead();
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.HeaderOf("content-type"), "text/event-stream");
  EXPECT_EQ(reply.HeaderOf("cache-control"), "no-cache");
  EXPECT_EQ(reply.HeaderOf("x-accel-buffering"), "no");
  EXPECT_EQ(reply.HeaderOf("connection"), "close");
  EXPECT_EQ(reply.HeaderOf("x-mine"), "yes");
  EXPECT_EQ(reply.HeaderOf("content-length"), "");
  EXPECT_EQ(reply.HeaderOf("transfer-encoding"), "");
  EXPECT_EQ(client.ReadBytes(9), ": hello\n\n");
  EXPECT_EQ(server().connections(), 1U);
  RawClient second(port());
  EXPECT_EQ(second.Read().status, 503);
  server().Stop(120s);
  topic->Say("data: x\n\n");
  topic->End();
  EXPECT_EQ(client.ReadToTheEnd(), "data: x\n\n");
  EXPECT_TRUE(client.ended());
}

TEST_F(Bodies, OfStreamsAreLeftOutOfTheReplyToAHead) {
  Start([&](const Request&) {
    return Reply{.content_type = "text/event-stream", .stream = Subscription{.first = "x"}};
  });

  EXPECT_THAT(Say("HEAD / HTTP/1.1\r\nHost: h\r\n\r\n"), EndsWith("\r\n\r\n"));
}

TEST_F(Bodies, OfStreamsMayOutliveTheServer) {
  auto topic = streams().MakeTopic();
  Start([&](const Request&) {
    return Reply{.content_type = "text/event-stream",
                 .stream = Subscription{.first = "x", .topic = topic}};
  });
  RawClient client(port());
  client.Ask("/");
  client.ReadHead();

  End();
  topic->End();

  EXPECT_EQ(client.ReadToTheEnd(), "x");
}

}  // namespace
}  // namespace rolecall
