// The other end of an event stream: everything that was sent, as text, once the stream ended.
#pragma once

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <future>
#include <string>
#include <string_view>
#include <vector>

#include "streams/streams.h"

namespace rolecall {

struct StreamEvent {
  std::string id, name, data;
};

// Of text/event-stream; what is not whole at the end is left out.
inline std::vector<StreamEvent> EventsOf(std::string_view text) {
  std::vector<StreamEvent> events;
  while (true) {
    const auto end = text.find("\n\n");
    if (end == std::string_view::npos) return events;
    StreamEvent event;
    std::string_view lines = text.substr(0, end);
    while (!lines.empty()) {
      const std::string_view line = lines.substr(0, lines.find('\n'));
      lines.remove_prefix(std::min(lines.size(), line.size() + 1));
      if (line.starts_with("id: ")) event.id = line.substr(4);
      if (line.starts_with("event: ")) event.name = line.substr(7);
      if (line.starts_with("data: ")) event.data += line.substr(6);
    }
    if (!event.data.empty()) events.push_back(std::move(event));
    text.remove_prefix(end + 2);
  }
}

// Reads from a thread of its own from the start.
class Watcher {
 public:
  Watcher(Streams& streams, Subscription subscription) {
    std::array<int, 2> ends{};
    EXPECT_EQ(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()), 0);
    EXPECT_EQ(fcntl(ends[1], F_SETFL, O_NONBLOCK), 0);
    socket_ = ends[0];
    streams.Add(ends[1], std::move(subscription), [] {});
    text_ = std::async(std::launch::async, [socket = socket_] {
      std::string text;
      std::array<char, 65536> piece{};
      while (true) {
        const auto got = read(socket, piece.data(), piece.size());
        if (got <= 0) return text;
        text.append(piece.data(), static_cast<std::size_t>(got));
      }
    });
  }
  Watcher(const Watcher&) = delete;
  Watcher& operator=(const Watcher&) = delete;
  ~Watcher() {
    shutdown(socket_, SHUT_RDWR);
    if (text_.valid()) text_.wait();
    close(socket_);
  }

  // Once the stream ended, within two minutes.
  std::vector<StreamEvent> Events() {
    if (text_.wait_for(std::chrono::minutes(2)) != std::future_status::ready) {
      ADD_FAILURE() << "the stream goes on";
      shutdown(socket_, SHUT_RDWR);
    }
    return EventsOf(text_.get());
  }

 private:
  int socket_ = -1;
  std::future<std::string> text_;
};

}  // namespace rolecall
