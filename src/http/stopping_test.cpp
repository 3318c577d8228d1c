// How a server ends.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>

#include "tests/support/raw_client.h"
#include "tests/support/served.h"

namespace rolecall {
namespace {

using namespace std::chrono_literals;

class Stopping : public Served {
 protected:
  void StartGated() {
    Start({.handlers = 1}, [this](const Request&) {
      gate_.Pass();
      return Reply{.body = "done"};
    });
  }
  // Returns once the server takes no connection any more.
  std::future<void> StopBeside(std::chrono::milliseconds most) {
    RawClient idle(port());
    auto stopping = std::async(std::launch::async, [this, most] { server().Stop(most); });
    idle.ReadToTheEnd();
    return stopping;
  }

  Gate gate_;
};

TEST_F(Stopping, ClosesIdleConnectionsAtOnce) {
  Start([](const Request&) { return Reply{}; });
  RawClient client(port()), fresh(port());
  client.Ask("/");
  client.Read();

  server().Stop(120s);

  EXPECT_EQ(client.ReadToTheEnd(), "");
  EXPECT_EQ(fresh.ReadToTheEnd(), "");
  EXPECT_TRUE(client.ended());
  EXPECT_EQ(server().connections(), 0U);
}

TEST_F(Stopping, LetsRequestsUnderWayEndAndClosesThen) {
  StartGated();
  RawClient client(port()), queued(port());
  client.Ask("/1");
  client.Ask("/2");
  gate_.WaitFor(1);
  queued.Send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
  // The server has it: before that it may stop without having seen who connected.
  EXPECT_EQ(queued.ReadHead().status, 100);
  queued.Send("a");

  auto stopping = StopBeside(20s);
  queued.Send("b");
  gate_.Open();

  const RawReply reply = client.Read();
  EXPECT_EQ(reply.body, "done");
  EXPECT_EQ(reply.HeaderOf("connection"), "close");
  EXPECT_EQ(client.ReadToTheEnd(), "");
  EXPECT_TRUE(client.ended());
  EXPECT_EQ(queued.Read().body, "done");
  client.FinishSending();
  queued.FinishSending();
  stopping.wait();
}

TEST_F(Stopping, CutsWhatDoesNotEndInTime) {
  StartGated();
  RawClient client(port());
  client.Ask("/");
  gate_.WaitFor(1);

  server().Stop(10ms);

  EXPECT_EQ(client.ReadToTheEnd(), "");
  gate_.Open();
}

TEST_F(Stopping, TakesNoNewConnection) {
  Start([](const Request&) { return Reply{}; });
  const int port_of_it = port();

  server().Stop(120s);
  server().Stop(120s);

  const auto again = ListeningSocket::Open("127.0.0.1", port_of_it);
  EXPECT_TRUE(again) << again.error().message;
}

TEST_F(Stopping, EndsAlsoWithoutStopWhileHandlersRunAndWait) {
  StartGated();
  RawClient running(port()), waiting(port()), sending(port());
  running.Ask("/");
  gate_.WaitFor(1);
  waiting.Ask("/");
  sending.Send("GET / HT");

  auto ending = std::async(std::launch::async, [this] { End(); });
  EXPECT_EQ(sending.ReadToTheEnd(), "");
  EXPECT_EQ(waiting.ReadToTheEnd(), "");
  gate_.Open();
  ending.wait();

  EXPECT_EQ(running.ReadToTheEnd(), "");
}

}  // namespace
}  // namespace rolecall
