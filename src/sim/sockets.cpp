// POSIX sockets, IPv4.
#include "sim/sockets.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace rolecall {

Result<Listening> ListenOnLoopback(int port) {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const int yes = 1;
  setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof(address);
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  if (socket < 0 || bind(socket, generic, size) != 0 || listen(socket, 512) != 0 ||
      getsockname(socket, generic, &size) != 0) {
    const std::string why = std::strerror(errno);
    if (socket >= 0) close(socket);
    return Fail(Errc::kUnavailable, fmt::format("cannot listen on 127.0.0.1:{}: {}", port, why));
  }
  return Listening{.socket = socket, .port = ntohs(address.sin_port)};
}

bool SendAll(int socket, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

bool Stays(int socket, int milliseconds) {
  pollfd waiting{socket, POLLRDHUP, 0};
  return poll(&waiting, 1, milliseconds) == 0;
}

}  // namespace rolecall
