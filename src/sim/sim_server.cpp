// Serves the simulated vendors. POSIX sockets; ending shuts every socket down, which wakes whoever
// reads or writes.
#include "sim/sim_server.h"

#include <fmt/format.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <charconv>

#include "base/text.h"
#include "sim/sockets.h"

namespace rolecall {
namespace {

constexpr std::size_t kLongestHead = 64 << 10;
constexpr std::size_t kLongestBody = 1 << 20;
constexpr int kTrickleMs = 100;

// Reads one request; what follows it stays in `buffer`.
std::optional<SimRequest> ReadRequest(int socket, std::string& buffer) {
  std::array<char, 16384> chunk;
  const auto more = [&] {
    const ssize_t got = recv(socket, chunk.data(), chunk.size(), 0);
    if (got > 0) buffer.append(chunk.data(), static_cast<std::size_t>(got));
    return got > 0;
  };
  std::size_t head_end = 0;
  while ((head_end = buffer.find("\r\n\r\n")) == std::string::npos)
    if (buffer.size() > kLongestHead || !more()) return std::nullopt;

  SimRequest request;
  std::string_view head(buffer.data(), head_end);
  const std::string_view line = head.substr(0, head.find("\r\n"));
  const auto first = line.find(' '), second = line.find(' ', first + 1);
  if (second == std::string_view::npos) return std::nullopt;
  request.method = line.substr(0, first);
  request.target = line.substr(first + 1, second - first - 1);
  std::size_t length = 0;
  head.remove_prefix(std::min(head.size(), line.size() + 2));
  while (!head.empty()) {
    const std::string_view field = head.substr(0, head.find("\r\n"));
    const auto colon = field.find(':');
    if (colon != std::string_view::npos) {
      request.headers.emplace_back(Fold(field.substr(0, colon)),
                                   std::string(Trim(field.substr(colon + 1))));
      const std::string& value = request.headers.back().second;
      if (request.headers.back().first == "content-length")
        std::from_chars(value.data(), value.data() + value.size(), length);
    }
    head.remove_prefix(std::min(head.size(), field.size() + 2));
  }
  if (length > kLongestBody) return std::nullopt;
  while (buffer.size() < head_end + 4 + length)
    if (!more()) return std::nullopt;
  request.body = buffer.substr(head_end + 4, length);
  buffer.erase(0, head_end + 4 + length);
  return request;
}

std::string Head(const SimAnswer& answer) {
  std::string head = fmt::format("HTTP/1.1 {} Answer\r\n", answer.status);
  if (answer.status != 304)
    head += fmt::format("Content-Type: {}\r\nContent-Length: {}\r\n", answer.content_type,
                        answer.body.size());
  for (const auto& [name, value] : answer.headers) head += fmt::format("{}: {}\r\n", name, value);
  return head + "\r\n";
}

// False where the connection is to end.
bool Send(int socket, const SimAnswer& answer) {
  switch (answer.manner) {
    case SimAnswer::Manner::kWhole:
      return SendAll(socket, Head(answer)) && SendAll(socket, answer.body);
    case SimAnswer::Manner::kNever:
      Stays(socket, -1);
      return false;
    case SimAnswer::Manner::kTrickle:
      if (!SendAll(socket, Head(answer))) return false;
      for (const char& byte : answer.body)
        if (!Stays(socket, kTrickleMs) || !SendAll(socket, std::string_view(&byte, 1)))
          return false;
      return true;
  }
  return false;
}

}  // namespace

Result<std::unique_ptr<SimServer>> SimServer::Listen(int port, std::chrono::milliseconds delay,
                                                     Handler handler) {
  TRY(const Listening listening, ListenOnLoopback(port));
  return std::unique_ptr<SimServer>(
      new SimServer(listening.socket, listening.port, delay, std::move(handler)));
}

SimServer::SimServer(int socket, int port, std::chrono::milliseconds delay, Handler handler)
    : socket_(socket), port_(port), delay_(delay), handler_(std::move(handler)), accepting_([this] {
        Accept();
      }) {}

SimServer::~SimServer() {
  ends_ = true;
  shutdown(socket_, SHUT_RDWR);
  accepting_.join();
  close(socket_);
  connections_.With([](auto& all) {
    for (const auto& one : all)
      if (!one->done) shutdown(one->socket, SHUT_RDWR);
  });
  // Nothing is added any more: the threads may be joined without the lock.
  std::list<std::unique_ptr<Connection>> left;
  connections_.With([&](auto& all) { left.swap(all); });
  for (const auto& one : left) {
    one->thread.join();
    close(one->socket);
  }
}

void SimServer::Accept() {
  while (!ends_) {
    const int socket = accept4(socket_, nullptr, nullptr, SOCK_CLOEXEC);
    if (socket < 0) {
      if (ends_) return;
      continue;
    }
    const int yes = 1;
    setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes));
    connections_.With([&](auto& all) {
      // Ended connections are cleared away as others come.
      std::erase_if(all, [](const std::unique_ptr<Connection>& one) {
        if (!one->done) return false;
        one->thread.join();
        close(one->socket);
        return true;
      });
      Connection& added = *all.emplace_back(std::make_unique<Connection>(socket));
      added.thread = std::thread([this, &added] { Serve(added); });
    });
  }
}

void SimServer::Serve(Connection& connection) {
  std::string buffer;
  while (!ends_) {
    const auto request = ReadRequest(connection.socket, buffer);
    if (!request) break;
    const std::chrono::milliseconds delay = delay_;
    if (delay.count() > 0 && !request->target.starts_with("/_sim/") &&
        !Stays(connection.socket, static_cast<int>(delay.count())))
      break;
    if (!Send(connection.socket, handler_(*request))) break;
  }
  // The other side is told at once; the number of the socket stays taken until the thread is
  // joined.
  shutdown(connection.socket, SHUT_RDWR);
  connection.done = true;
}

}  // namespace rolecall
