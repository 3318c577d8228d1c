// The other end of an event stream: everything that was sent, as text, once the stream ended.
#pragma once

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
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
    reading_ = std::jthread([this] {
      std::array<char, 65536> piece{};
      while (true) {
        const auto got = read(socket_, piece.data(), piece.size());
        const std::scoped_lock lock(mutex_);
        ended_ = got <= 0;
        if (!ended_) text_.append(piece.data(), static_cast<std::size_t>(got));
        came_.notify_all();
        if (ended_) return;
      }
    });
  }
  Watcher(const Watcher&) = delete;
  Watcher& operator=(const Watcher&) = delete;
  ~Watcher() {
    shutdown(socket_, SHUT_RDWR);
    reading_.join();
    close(socket_);
  }

  // Once the stream ended, within two minutes.
  std::vector<StreamEvent> Events() {
    std::unique_lock lock(mutex_);
    if (!came_.wait_for(lock, kPatience, [&] { return ended_; }))
      ADD_FAILURE() << "the stream goes on";
    return EventsOf(text_);
  }

  // Waits until that was sent, for two minutes at most; false where it was not.
  bool Sees(std::string_view text) {
    std::unique_lock lock(mutex_);
    came_.wait_for(lock, kPatience, [&] { return ended_ || text_.contains(text); });
    return text_.contains(text);
  }

 private:
  static constexpr std::chrono::minutes kPatience{2};

  int socket_ = -1;
  std::mutex mutex_;
  std::condition_variable came_;
  std::string text_;
  bool ended_ = false;
  std::jthread reading_;
};

}  // namespace rolecall
