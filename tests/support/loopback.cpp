// POSIX sockets of both families.
#include "tests/support/loopback.h"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <string>

namespace rolecall {
namespace {

// -1 where this machine has no such loopback.
int Listen(Loopback::Family family, int& port) {
  sockaddr_storage address{};
  socklen_t size = sizeof(sockaddr_in);
  if (family == Loopback::Family::kIpv4) {
    auto* four = reinterpret_cast<sockaddr_in*>(&address);
    four->sin_family = AF_INET;
    four->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  } else {
    auto* six = reinterpret_cast<sockaddr_in6*>(&address);
    six->sin6_family = AF_INET6;
    six->sin6_addr = in6addr_loopback;
    size = sizeof(sockaddr_in6);
  }
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  const int socket = ::socket(address.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (socket < 0) return -1;
  if (bind(socket, generic, size) != 0 || listen(socket, 64) != 0 ||
      getsockname(socket, generic, &size) != 0) {
    close(socket);
    return -1;
  }
  // Both families have the port at the same place.
  port = ntohs(reinterpret_cast<const sockaddr_in*>(&address)->sin_port);
  return socket;
}

}  // namespace

Loopback::Loopback(Family family, Serve serve) : serve_(std::move(serve)) {
  socket_ = Listen(family, port_);
  if (socket_ >= 0) accepting_ = std::thread([this] { Accept(); });
}

Loopback::~Loopback() {
  if (socket_ < 0) return;
  shutdown(socket_, SHUT_RDWR);
  accepting_.join();
  close(socket_);
  for (auto& [socket, thread] : connections_) {
    shutdown(socket, SHUT_RDWR);
    thread.join();
    close(socket);
  }
}

void Loopback::Accept() {
  while (true) {
    const int accepted = accept4(socket_, nullptr, nullptr, SOCK_CLOEXEC);
    if (accepted < 0) return;
    ++count_;
    connections_.emplace_back(accepted, std::thread([this, accepted] {
                                serve_(accepted);
                                shutdown(accepted, SHUT_RDWR);
                              }));
  }
}

void EndSending(int socket) {
  shutdown(socket, SHUT_WR);
  std::array<char, 4096> rest;
  while (recv(socket, rest.data(), rest.size(), 0) > 0);
}

std::string ReadHead(const std::function<int(char* bytes, int most)>& read) {
  std::string head;
  std::array<char, 4096> chunk;
  while (!head.contains("\r\n\r\n")) {
    const int got = read(chunk.data(), static_cast<int>(chunk.size()));
    if (got <= 0) break;
    head.append(chunk.data(), static_cast<std::size_t>(got));
  }
  return head;
}

}  // namespace rolecall
