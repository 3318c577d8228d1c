// Listening before anybody is served, and what cannot be listened at.
#include "http/listening_socket.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "http/message.h"
#include "http/server.h"
#include "tests/support/raw_client.h"

namespace rolecall {
namespace {

using testing::HasSubstr;

Error FailureOf(const std::string& host, int port) {
  const auto opened = ListeningSocket::Open(host, port);
  if (opened) ADD_FAILURE() << host << " at " << opened->address();
  return opened ? Error{} : opened.error();
}

TEST(ListeningSocket, TellsTheAddressThatANameStandsFor) {
  const auto local = ListeningSocket::Open("localhost", 0);
  const auto everywhere = ListeningSocket::Open("0.0.0.0", 0);

  ASSERT_TRUE(local && everywhere);
  EXPECT_TRUE(IsLoopback(local->address())) << local->address();
  EXPECT_EQ(everywhere->address(), "0.0.0.0");
  EXPECT_GT(local->port(), 0);
}

TEST(ListeningSocket, SaysWhyItCannotListen) {
  const auto first = ListeningSocket::Open("127.0.0.1", 0);
  ASSERT_TRUE(first);

  const Error taken = FailureOf("127.0.0.1", first->port());

  EXPECT_EQ(taken.code, Errc::kUnavailable);
  EXPECT_THAT(taken.message, HasSubstr(fmt::format("127.0.0.1:{}", first->port())));
  EXPECT_EQ(FailureOf("no address", 0).code, Errc::kInvalidInput);
  EXPECT_EQ(FailureOf("192.0.2.1", 0).code, Errc::kInvalidInput);
  EXPECT_EQ(FailureOf("127.0.0.1", 65'536).code, Errc::kInvalidInput);
  EXPECT_EQ(FailureOf("", 0).code, Errc::kInvalidInput);
  EXPECT_THAT(FailureOf("", 0).message, HasSubstr("an empty host"));
}

TEST(ListeningSocket, KeepsWhoConnectsUntilAServerTakesHim) {
  Streams streams({});
  auto socket = ListeningSocket::Open("127.0.0.1", 0);
  ASSERT_TRUE(socket);
  RawClient early(socket->port());
  early.Ask("/early");

  const auto server = HttpServer::Start(
      *std::move(socket), {}, [](const Request& request) { return Reply{.body = request.path}; },
      {}, streams);

  ASSERT_TRUE(server) << server.error().message;
  EXPECT_EQ(early.Read().body, "/early");
  EXPECT_EQ((*server)->address(), "127.0.0.1");
}

TEST(ListeningSocket, ClosesWhatNobodyTook) {
  int port = 0;
  {
    auto first = ListeningSocket::Open("127.0.0.1", 0);
    ASSERT_TRUE(first);
    const ListeningSocket moved(*std::move(first));
    port = moved.port();
  }

  EXPECT_TRUE(ListeningSocket::Open("127.0.0.1", port));
}

}  // namespace
}  // namespace rolecall
