// A server of HTTP with a handler of the test's, and what its observer was told.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "http/server.h"
#include "streams/streams.h"
#include "tests/support/raw_client.h"

namespace rolecall {

class Served : public testing::Test {
 protected:
  ~Served() override { server_.reset(); }

  void Start(ServerSettings settings, HttpServer::Handler handler) {
    auto socket = ListeningSocket::Open("127.0.0.1", 0);
    ASSERT_TRUE(socket) << socket.error().message;
    auto started = HttpServer::Start(
        *std::move(socket), std::move(settings), std::move(handler),
        [this](const Exchange& exchange) {
          std::scoped_lock lock(mutex_);
          exchanges_.push_back(exchange);
          told_.notify_all();
        },
        streams_);
    ASSERT_TRUE(started) << started.error().message;
    server_ = *std::move(started);
  }
  void Start(HttpServer::Handler handler) { Start({}, std::move(handler)); }

  HttpServer& server() { return *server_; }
  int port() const { return server_->port(); }
  Streams& streams() { return streams_; }
  void End() { server_.reset(); }

  // Sends `bytes` on a connection of its own, and takes all until it ends.
  std::string Say(std::string_view bytes) {
    RawClient client(port());
    client.Send(bytes);
    std::string said = client.ReadToTheEnd();
    EXPECT_TRUE(client.ended()) << "reset";
    return said;
  }

  // The exchanges once there are so many; fewer after two minutes.
  std::vector<Exchange> Exchanges(std::size_t count) {
    std::unique_lock lock(mutex_);
    told_.wait_for(lock, std::chrono::minutes(2), [&] { return exchanges_.size() >= count; });
    EXPECT_GE(exchanges_.size(), count);
    return exchanges_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable told_;
  std::vector<Exchange> exchanges_;
  Streams streams_{{}};
  std::unique_ptr<HttpServer> server_;
};

// Holds handlers until the test lets them go.
class Gate {
 public:
  // In the handler.
  void Pass() {
    std::unique_lock lock(mutex_);
    ++waiting_;
    changed_.notify_all();
    changed_.wait(lock, [this] { return open_; });
  }
  void WaitFor(int handlers) {
    std::unique_lock lock(mutex_);
    EXPECT_TRUE(
        changed_.wait_for(lock, std::chrono::minutes(2), [&] { return waiting_ >= handlers; }));
  }
  void Open() {
    std::scoped_lock lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  int waiting_ = 0;
  bool open_ = false;
};

}  // namespace rolecall
