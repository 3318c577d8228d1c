// Requests and replies over real sockets.
#include "http/server.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <stdexcept>

#include "tests/support/raw_client.h"
#include "tests/support/served.h"

namespace rolecall {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

Reply Echo(const Request& request) {
  return {.content_type = "text/plain",
          .body = fmt::format("{} {}?{} [{}]", request.method, request.path, request.query,
                              request.body)};
}

int CountOf(std::string_view text, std::string_view part) {
  int count = 0;
  for (std::size_t at = text.find(part); at != std::string_view::npos; at = text.find(part, at + 1))
    ++count;
  return count;
}

class Server : public Served {};

TEST_F(Server, GivesTheHandlerTheRequestAndTheClientItsReply) {
  Request seen;
  Start([&](const Request& request) {
    seen = request;
    return Reply{.status = 201, .body = "{}", .headers = {{"X-Mine", "yes"}}};
  });
  RawClient client(port());

  client.Send("PATCH /a%20b?c=d HTTP/1.1\r\nHost: h\r\nX-Two: 2\r\nContent-Length: 4\r\n\r\nbody");
  const RawReply reply = client.Read();

  EXPECT_EQ(reply.status, 201);
  EXPECT_EQ(reply.body, "{}");
  EXPECT_EQ(reply.HeaderOf("x-mine"), "yes");
  EXPECT_EQ(reply.HeaderOf("cache-control"), "no-store");
  EXPECT_EQ(reply.HeaderOf("x-content-type-options"), "nosniff");
  EXPECT_EQ(seen.method, "PATCH");
  EXPECT_EQ(seen.path, "/a%20b");
  EXPECT_EQ(seen.query, "c=d");
  EXPECT_EQ(seen.HeaderOf("x-two"), "2");
  EXPECT_EQ(seen.body, "body");
  EXPECT_EQ(seen.peer, "127.0.0.1");
}

TEST_F(Server, KeepsAConnectionForFurtherRequests) {
  Start(Echo);
  RawClient client(port());

  for (int i = 0; i < 3; ++i) {
    client.Ask(fmt::format("/{}", i));
    EXPECT_EQ(client.Read().body, fmt::format("GET /{}? []", i));
  }
  EXPECT_EQ(server().connections(), 1U);
}

TEST_F(Server, AnswersPipelinedRequestsInOrder) {
  Start(Echo);
  RawClient client(port());

  client.Send(
      "GET /1 HTTP/1.1\r\nHost: h\r\n\r\n\r\n"
      "POST /2 HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n"
      "GET /3 HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"
      "GET /4 HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_EQ(client.Read().body, "GET /1? []");
  EXPECT_EQ(client.Read().body, "POST /2? [ab]");
  const RawReply last = client.Read();
  EXPECT_EQ(last.body, "GET /3? []");
  EXPECT_EQ(last.HeaderOf("connection"), "close");
  EXPECT_EQ(client.ReadToTheEnd(), "");
  EXPECT_TRUE(client.ended());
}

TEST_F(Server, AnswersTheFirstThousandOfTenThousandAndStaysUp) {
  Start({.linger_time = std::chrono::minutes(1)}, Echo);
  RawClient client(port());
  std::string requests;
  for (int i = 0; i < 10'000; ++i)
    requests += fmt::format("GET /{} HTTP/1.1\r\nHost: h\r\n\r\n", i);
  auto sending = std::async(std::launch::async, [&] { client.Send(requests); });

  const std::string said = client.ReadToTheEnd();
  sending.wait();

  EXPECT_TRUE(client.ended());
  EXPECT_EQ(CountOf(said, "HTTP/1.1 200 OK"), 1000);
  EXPECT_EQ(CountOf(said, "Connection: close"), 1);
  EXPECT_THAT(said, testing::EndsWith("GET /999? []"));
  EXPECT_THAT(Say("GET /after HTTP/1.0\r\n\r\n"), HasSubstr("GET /after? []"));
}

TEST_F(Server, AnswersAHeadWithTheHeadersOfTheGetAlone) {
  Start(Echo);
  RawClient client(port());

  client.Send("HEAD /x HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_EQ(client.ReadHead().HeaderOf("content-length"), "10");
  client.Ask("/y");
  EXPECT_EQ(client.Read().body, "GET /y? []");
  EXPECT_EQ(Exchanges(2)[0].method, "HEAD");
  EXPECT_EQ(Exchanges(2)[0].bytes, 0U);
}

TEST_F(Server, SpeaksHttp10) {
  Start(Echo);

  EXPECT_THAT(Say("GET /x HTTP/1.0\r\n\r\n"), HasSubstr("Connection: close\r\n\r\nGET /x? []"));
  RawClient client(port());
  client.Send("GET /x HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  EXPECT_EQ(client.Read().HeaderOf("connection"), "keep-alive");
  client.Send("GET /y HTTP/1.0\r\n\r\n");
  EXPECT_EQ(client.Read().body, "GET /y? []");
}

TEST_F(Server, AnswersWhoSaysThatNothingMoreComes) {
  Start(Echo);
  RawClient client(port());

  client.Ask("/x");
  client.FinishSending();

  EXPECT_THAT(client.ReadToTheEnd(), HasSubstr("GET /x? []"));
}

TEST_F(Server, TurnsAnExceptionIntoAPlainSentence) {
  Start([](const Request& request) -> Reply {
    if (request.path == "/strange") throw 1;
    throw std::runtime_error("secret");
  });
  RawClient client(port());

  for (const char* path : {"/x", "/strange"}) {
    client.Ask(path);
    const RawReply reply = client.Read();
    EXPECT_EQ(reply.status, 500);
    EXPECT_THAT(reply.body, StartsWith(R"({"detail":"Something went wrong)"));
    EXPECT_EQ(reply.HeaderOf("connection"), "");
  }
  EXPECT_EQ(Exchanges(2)[0].failure, "an exception: secret");
}

TEST_F(Server, TellsItsObserverEachExchangeWithoutTheQuery) {
  Start(Echo);
  RawClient client(port());

  client.Ask("/x?token=secret");
  client.Read();
  Say("POST /much?token=secret HTTP/1.1\r\nHost: h\r\nContent-Length: 9999999\r\n\r\n");
  Say("nonsense\r\n\r\n");

  const auto told = Exchanges(3);
  EXPECT_EQ(told[0].method + " " + told[0].path, "GET /x");
  EXPECT_EQ(told[0].status, 200);
  EXPECT_EQ(told[0].bytes, std::string("GET /x?token=secret []").size());
  EXPECT_EQ(told[0].peer, "127.0.0.1");
  EXPECT_GT(told[0].took.count(), 0);
  EXPECT_EQ(told[1].method + " " + told[1].path, "POST /much");
  EXPECT_EQ(told[1].status, 413);
  EXPECT_EQ(told[2].path, "");
  EXPECT_EQ(told[2].status, 400);
}

TEST_F(Server, RefusesWhatFindsTheQueueFull) {
  Gate gate;
  Start({.handlers = 1, .queue = 1}, [&](const Request& request) {
    gate.Pass();
    return Echo(request);
  });
  RawClient first(port()), second(port()), third(port());
  first.Ask("/1");
  gate.WaitFor(1);
  second.Ask("/2");
  // The second waits in the queue once the third is refused, or the other way round.
  third.Ask("/3");
  const RawReply refused = [&] {
    gate.WaitFor(1);
    Exchanges(1);
    gate.Open();
    const RawReply two = second.Read(), three = third.Read();
    EXPECT_EQ(two.status + three.status, 703);
    return two.status == 503 ? two : three;
  }();

  EXPECT_EQ(refused.HeaderOf("retry-after"), "1");
  EXPECT_THAT(refused.body, StartsWith(R"({"detail":)"));
  EXPECT_EQ(first.Read().status, 200);
}

TEST_F(Server, AnswersWhatIsUrgentWhileAllHandlersAreBusy) {
  Gate gate;
  Start({.handlers = 1,
         .more_pools = {{.threads = 1}},
         .admit =
             [](const Request& request) {
               return Admission{.pool = request.path == "/health" ? 1UZ : 0UZ};
             }},
        [&](const Request& request) {
          if (request.path != "/health") gate.Pass();
          return Echo(request);
        });
  RawClient busy(port()), urgent(port());
  busy.Ask("/slow");
  gate.WaitFor(1);

  urgent.Ask("/health");

  EXPECT_EQ(urgent.Read().body, "GET /health? []");
  gate.Open();
  EXPECT_EQ(busy.Read().body, "GET /slow? []");
}

TEST_F(Server, AnswersAtOnceWhatWaitsForNobodyThoughEachPoolIsFull) {
  Gate gate;
  Start(
      {.handlers = 1,
       .queue = 0,
       .admit =
           [](const Request& request) {
             return Admission{.is_at_once = request.path == "/health" || request.path == "/broken"};
           }},
      [&](const Request& request) {
        if (request.path == "/broken") throw std::runtime_error("secret");
        if (request.path != "/health") gate.Pass();
        return Echo(request);
      });
  RawClient busy(port()), other(port());
  busy.Ask("/slow");
  gate.WaitFor(1);

  other.Send(
      "GET /health HTTP/1.1\r\nHost: h\r\n\r\nGET /broken HTTP/1.1\r\nHost: h\r\n\r\n"
      "GET /slow HTTP/1.1\r\nHost: h\r\n\r\nGET /health HTTP/1.1\r\nHost: h\r\n\r\n");

  EXPECT_EQ(other.Read().body, "GET /health? []");
  EXPECT_EQ(other.Read().status, 500);
  EXPECT_EQ(other.Read().status, 503);
  EXPECT_EQ(other.Read().body, "GET /health? []");
  gate.Open();
  EXPECT_EQ(busy.Read().body, "GET /slow? []");
}

TEST_F(Server, LetsNobodyWaitForWhatHasPlacesOfItsOwn) {
  Gate gate;
  std::atomic<int> turned_away = 0;
  Start({.handlers = 1,
         .more_pools = {{.threads = 1, .queue = 2, .nice = 10}},
         .admit =
             [](const Request& request) {
               Admission admission{.pool = request.path == "/costly" ? 1UZ : 0UZ};
               if (request.path == "/never") admission.refusal = Refuse(429, "No.");
               return admission;
             },
         .turned_away = [&](const Request&) { ++turned_away; }},
        [&](const Request& request) {
          if (request.path == "/costly") gate.Pass();
          return Echo(request);
        });
  std::vector<std::unique_ptr<RawClient>> costly;
  for (int i = 0; i < 10; ++i) {
    costly.push_back(std::make_unique<RawClient>(port()));
    costly.back()->Ask("/costly");
  }
  Exchanges(7);
  EXPECT_EQ(turned_away, 7) << "one runs, and two wait";
  RawClient quick(port());

  for (int i = 0; i < 50; ++i) {
    quick.Ask("/quick");
    EXPECT_EQ(quick.Read().status, 200);
  }
  quick.Ask("/never");
  EXPECT_EQ(quick.Read().status, 429);

  gate.Open();
  std::map<int, int> statuses;
  for (const auto& client : costly) ++statuses[client->Read().status];
  EXPECT_EQ(statuses, (std::map<int, int>{{200, 3}, {503, 7}}));
}

TEST_F(Server, TellsItsObserverAloneWhyAHandlerFailed) {
  Start([](const Request&) { return ReplyTo({Errc::kUnavailable, "no way to 10.1.2.3"}); });
  RawClient client(port());

  client.Ask("/x");
  const RawReply reply = client.Read();

  EXPECT_EQ(reply.status, 503);
  EXPECT_FALSE((reply.head + reply.body).contains("10.1.2.3")) << reply.head << reply.body;
  EXPECT_EQ(Exchanges(1)[0].failure, "no way to 10.1.2.3");
}

}  // namespace
}  // namespace rolecall
