// The client's end of a stream, beside the end that the streams take over.
#pragma once

#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <future>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace rolecall {

constexpr std::chrono::seconds kStreamPatience{120};
constexpr int kNarrowRoom = 4096;  // bytes: a socket that is full at once

// Each reading fails after that time: the text ends short.
class StreamClient {
 public:
  enum class Over : std::uint8_t { kUnix, kTcp };

  // `room`: bytes that the kernel keeps for whoever does not read; 0: as many as it likes.
  explicit StreamClient(int room = 0, Over over = Over::kUnix) {
    Connect(over);
    const timeval patience{.tv_sec = kStreamPatience.count(), .tv_usec = 0};
    setsockopt(client_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
    setsockopt(client_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof(patience));
    if (room > 0) setsockopt(server_, SOL_SOCKET, SO_SNDBUF, &room, sizeof(room));
  }
  StreamClient(const StreamClient&) = delete;
  StreamClient& operator=(const StreamClient&) = delete;
  ~StreamClient() {
    Close();
    if (server_ >= 0) close(server_);
  }

  // The server's end, for Streams::Add, with Closed().
  int Release() { return std::exchange(server_, -1); }
  std::function<void()> Closed() {
    return [closed = closed_] { closed->set_value(); };  // a second call throws
  }
  // Whether the streams have closed their end, sooner or later.
  bool AwaitClosed() {
    return closed_future_.wait_for(kStreamPatience) == std::future_status::ready;
  }

  // All that comes up to `ending` and no further byte, or up to the end of the stream.
  std::string ReadUpTo(std::string_view ending) {
    std::string text;
    while (!text.ends_with(ending)) {
      char byte = 0;
      if (recv(client_, &byte, 1, 0) <= 0) return text;
      text += byte;
    }
    return text;
  }
  std::string ReadToEnd() {
    std::string text;
    while (true) {
      const std::string part = ReadSome(64 * 1024);
      if (part.empty()) return text;
      text += part;
    }
  }
  // Whether the stream ends by a reset, whatever comes before.
  bool ReadToReset() {
    std::array<char, 65536> bytes{};
    ssize_t count = 0;
    while ((count = recv(client_, bytes.data(), bytes.size(), 0)) > 0) continue;
    return count < 0 && errno == ECONNRESET;
  }
  std::string Read(std::size_t count) {
    std::string text;
    while (text.size() < count) {
      const std::string part = ReadSome(count - text.size());
      if (part.empty()) return text;
      text += part;
    }
    return text;
  }
  // Of what is there, at most so many bytes; "" at the end.
  std::string ReadSome(std::size_t most) {
    std::string text(most, '\0');
    const ssize_t count = recv(client_, text.data(), text.size(), 0);
    text.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
    return text;
  }

  bool Send(std::string_view text) {
    while (!text.empty()) {
      const ssize_t count = send(client_, text.data(), text.size(), MSG_NOSIGNAL);
      if (count <= 0) return false;
      text.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
  }
  void EndSending() { shutdown(client_, SHUT_WR); }
  void Close() {
    if (client_ >= 0) close(std::exchange(client_, -1));
  }

 private:
  void Connect(Over over) {
    if (over == Over::kUnix) {
      std::array<int, 2> ends{};
      if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) std::abort();
      client_ = ends[0];
      server_ = ends[1];
      return;
    }
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    auto* any = reinterpret_cast<sockaddr*>(&address);
    const int listening = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    client_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (bind(listening, any, size) != 0 || listen(listening, 1) != 0 ||
        getsockname(listening, any, &size) != 0 || connect(client_, any, size) != 0)
      std::abort();
    server_ = accept4(listening, nullptr, nullptr, SOCK_CLOEXEC);
    close(listening);
  }

  int client_ = -1;
  int server_ = -1;
  // Shared: the streams may outlive the client.
  std::shared_ptr<std::promise<void>> closed_ = std::make_shared<std::promise<void>>();
  std::future<void> closed_future_ = closed_->get_future();
};

}  // namespace rolecall
