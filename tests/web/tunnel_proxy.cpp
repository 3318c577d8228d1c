// CONNECT, and then bytes both ways until one side ends (RFC 9110, 9.3.6).
#include "tests/web/tunnel_proxy.h"

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>

#include "sim/sockets.h"

namespace rolecall {
namespace {

// A socket that is connected to that port of this machine.
int ConnectTo(int port) {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof(address));
  return socket;
}

// False once there is no more to pass on.
bool PassOn(int from, int to) {
  std::array<char, 16384> chunk;
  const ssize_t got = recv(from, chunk.data(), chunk.size(), 0);
  return got > 0 && SendAll(to, {chunk.data(), static_cast<std::size_t>(got)});
}

void JoinSockets(int client, int server) {
  while (true) {
    std::array<pollfd, 2> both{pollfd{client, POLLIN, 0}, pollfd{server, POLLIN, 0}};
    if (poll(both.data(), both.size(), -1) < 0) return;
    if (both[0].revents != 0 && !PassOn(client, server)) return;
    if (both[1].revents != 0 && !PassOn(server, client)) return;
  }
}

}  // namespace

TunnelProxy::TunnelProxy(std::map<std::string, int> leads)
    : leads_(std::move(leads)),
      loopback_(Loopback::Family::kIpv4, [this](int socket) { Serve(socket); }) {}

std::vector<std::string> TunnelProxy::heads() {
  std::scoped_lock lock(mutex_);
  return heads_;
}

void TunnelProxy::Serve(int socket) {
  const std::string head = ReadHead([&](char* bytes, int most) {
    return static_cast<int>(recv(socket, bytes, static_cast<std::size_t>(most), 0));
  });
  {
    std::scoped_lock lock(mutex_);
    heads_.push_back(head);
  }
  // "CONNECT example.com:443 HTTP/1.1"
  const std::string place = head.substr(8, head.find(' ', 8) - 8);
  const auto found = leads_.find(place);
  if (!head.starts_with("CONNECT ") || found == leads_.end()) {
    SendAll(socket, "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n");
    EndSending(socket);
    return;
  }
  const int server = ConnectTo(found->second);
  SendAll(socket, "HTTP/1.1 200 Connected\r\nETag: \"of the proxy\"\r\n\r\n");
  JoinSockets(socket, server);
  close(server);
}

}  // namespace rolecall
