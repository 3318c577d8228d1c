// What ServerSettings::finish is given of each exchange, and that its headers are sent.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

#include "tests/support/raw_client.h"
#include "tests/support/served.h"

namespace rolecall {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view kPostHead = "POST /p?q HTTP/1.1\r\nHost: h\r\nOrigin: o\r\n";

// "POST|/p|q|o|127.0.0.1", as a header of the reply.
void Tell(const Request& request, Reply& reply) {
  reply.headers.push_back(
      {"X-Known", fmt::format("{}|{}|{}|{}|{}", request.method, request.path, request.query,
                              request.HeaderOf("origin"), request.peer)});
}

class Finish : public Served {
 protected:
  void Start(ServerSettings settings, HttpServer::Handler handler) {
    settings.finish = Tell;
    Served::Start(std::move(settings), std::move(handler));
  }
  // "413 POST|/p|q|o|127.0.0.1".
  std::string AnswerTo(std::string_view bytes) {
    RawClient client(port());
    client.Send(bytes);
    const RawReply reply = client.ReadHead();
    return fmt::format("{} {}", reply.status, reply.HeaderOf("x-known"));
  }
};

Reply Nothing(const Request&) { return {}; }

TEST_F(Finish, IsGivenTheRequestOfWhatAHandlerAnswers) {
  Start({}, [](const Request& request) -> Reply {
    if (request.path == "/thrown") throw std::runtime_error("oh");
    if (request.path == "/pieces") return {.more = [] { return std::string(); }};
    if (request.path == "/stream") return {.stream = Subscription{.first = "x"}};
    return {.body = "{}"};
  });
  const auto ask = [&](std::string_view path) {
    return AnswerTo(fmt::format("GET {} HTTP/1.1\r\nHost: h\r\nOrigin: o\r\n\r\n", path));
  };

  EXPECT_EQ(ask("/x?y"), "200 GET|/x|y|o|127.0.0.1");
  EXPECT_EQ(ask("/pieces"), "200 GET|/pieces||o|127.0.0.1");
  EXPECT_EQ(ask("/stream"), "200 GET|/stream||o|127.0.0.1");
  EXPECT_EQ(ask("/thrown"), "500 GET|/thrown||o|127.0.0.1");
  EXPECT_EQ(AnswerTo("HEAD / HTTP/1.1\r\nHost: h\r\nOrigin: o\r\n\r\n"), "200 GET|/||o|127.0.0.1");
}

TEST_F(Finish, IsGivenWhomAProxyTellsOf) {
  Start({.proxies = *Proxies::Read("127.0.0.1")}, Nothing);

  EXPECT_EQ(AnswerTo("GET /x HTTP/1.1\r\nHost: h\r\nX-Forwarded-For: 9.9.9.9, 10.0.0.1\r\n\r\n"),
            "200 GET|/x|||10.0.0.1");
  EXPECT_EQ(AnswerTo("GET /x HTTP/1.1\r\nHost: h\r\n\r\n"), "200 GET|/x|||127.0.0.1");
}

TEST_F(Finish, IsGivenWhatWasReadOfARefusedRequest) {
  Start({}, Nothing);
  const auto post = [&](std::string_view more) {
    return AnswerTo(fmt::format("{}{}", kPostHead, more));
  };
  const std::string known = " POST|/p|q|o|127.0.0.1";

  EXPECT_EQ(post("Content-Length: 9999999\r\n\r\n"), "413" + known);
  EXPECT_EQ(post("Transfer-Encoding: chunked\r\n\r\n9999999\r\n"), "413" + known);
  EXPECT_EQ(post("X: " + std::string(20'000, 'x') + "\r\n\r\n"), "431" + known);
  EXPECT_EQ(post("Content-Length: 1\r\nContent-Length: 2\r\n\r\n"), "400" + known);
  EXPECT_EQ(post("Transfer-Encoding: gzip\r\n\r\n"), "400" + known);
  EXPECT_EQ(post("Host: g\r\n\r\n"), "400" + known);
  EXPECT_EQ(post("X: a\r\n b\r\n\r\n"), "400" + known);
  EXPECT_EQ(AnswerTo("nonsense\r\n\r\n"), "400 ||||127.0.0.1");
}

TEST_F(Finish, IsGivenWhatCameInTime) {
  Start({.header_time = 30ms, .body_time = 30ms}, Nothing);

  EXPECT_EQ(AnswerTo(fmt::format("{}X: y\r\n", kPostHead)), "408 POST|/p|q|o|127.0.0.1");
  EXPECT_EQ(AnswerTo(fmt::format("{}Content-Length: 5\r\n\r\nabc", kPostHead)),
            "408 POST|/p|q|o|127.0.0.1");
}

TEST_F(Finish, IsGivenTheRequestThatFindsTheQueueFull) {
  Gate gate;
  Start({.handlers = 1, .queue = 0}, [&](const Request& request) {
    gate.Pass();
    return Nothing(request);
  });
  RawClient first(port());
  first.Ask("/1");
  gate.WaitFor(1);

  EXPECT_EQ(AnswerTo("GET /2 HTTP/1.1\r\nHost: h\r\nOrigin: o\r\n\r\n"), "503 GET|/2||o|127.0.0.1");
  gate.Open();
  EXPECT_EQ(first.Read().status, 200);
}

TEST_F(Finish, IsGivenThePeerOfAConnectionTooMany) {
  Start({.connections = 0}, Nothing);

  EXPECT_EQ(AnswerTo(""), "503 ||||127.0.0.1");
}

}  // namespace
}  // namespace rolecall
