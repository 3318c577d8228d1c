// No send is held back for the acknowledgement of the one before.
#include "bench/loopback.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

namespace rolecall {
namespace {

constexpr int kWaiting = 128;

sockaddr_in Loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  return address;
}

Socket MakeSocket() {
  return Socket(MustCall("socket", socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)));
}

}  // namespace

int MustCall(std::string_view what, int result) {
  if (result < 0) throw std::system_error(errno, std::generic_category(), std::string(what));
  return result;
}

Socket::Socket(Socket&& other) noexcept : socket_(std::exchange(other.socket_, -1)) {}

Socket& Socket::operator=(Socket&& other) noexcept {
  std::swap(socket_, other.socket_);
  return *this;
}

Socket::~Socket() {
  if (socket_ >= 0) close(socket_);
}

Socket ListenOnLoopback() {
  Socket listening = MakeSocket();
  const sockaddr_in address = Loopback(0);
  MustCall("bind",
           bind(listening.get(), reinterpret_cast<const sockaddr*>(&address), sizeof(address)));
  MustCall("listen", listen(listening.get(), kWaiting));
  return listening;
}

int PortOf(const Socket& listening) {
  sockaddr_in address{};
  socklen_t size = sizeof(address);
  MustCall("getsockname",
           getsockname(listening.get(), reinterpret_cast<sockaddr*>(&address), &size));
  return ntohs(address.sin_port);
}

Socket Connect(int port) { return ConnectFrom("127.0.0.1", port); }

Socket ConnectFrom(const std::string& from, int port) {
  Socket client = MakeSocket();
  sockaddr_in source = Loopback(0);
  MustCall("inet_pton", inet_pton(AF_INET, from.c_str(), &source.sin_addr));
  MustCall("bind", bind(client.get(), reinterpret_cast<const sockaddr*>(&source), sizeof(source)));
  const sockaddr_in address = Loopback(port);
  MustCall("connect",
           connect(client.get(), reinterpret_cast<const sockaddr*>(&address), sizeof(address)));
  const int yes = 1;
  MustCall("setsockopt", setsockopt(client.get(), IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes)));
  return client;
}

void SendAll(const Socket& socket, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = send(socket.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    bytes.remove_prefix(static_cast<std::size_t>(MustCall("send", static_cast<int>(sent))));
  }
}

}  // namespace rolecall
