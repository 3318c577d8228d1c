// POSIX sockets; a connection a thread.
#include "tests/support/raw_server.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <zlib.h>

#include <array>
#include <cstdlib>

namespace rolecall {
namespace {

bool SendAll(int socket, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

bool HasGone(int socket, int milliseconds) {
  pollfd waiting{socket, POLLRDHUP, 0};
  return poll(&waiting, 1, milliseconds) != 0;
}

std::string ReadRequest(int socket) {
  std::string request;
  std::array<char, 16384> chunk;
  std::size_t size = std::string::npos;
  while (request.size() < size) {
    const ssize_t got = recv(socket, chunk.data(), chunk.size(), 0);
    if (got <= 0) return request;
    request.append(chunk.data(), static_cast<std::size_t>(got));
    const auto head_end = request.find("\r\n\r\n");
    if (head_end == std::string::npos) continue;
    const auto length = request.find("Content-Length: ");
    size = head_end + 4;
    if (length < head_end) size += std::strtoul(request.c_str() + length + 16, nullptr, 10);
  }
  return request;
}

}  // namespace

RawServer::RawServer(Handler handler)
    : handler_(std::move(handler)), socket_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof(address);
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  if (bind(socket_, generic, size) != 0 || listen(socket_, 64) != 0 ||
      getsockname(socket_, generic, &size) != 0)
    std::abort();
  port_ = ntohs(address.sin_port);
  accepting_ = std::thread([this] { Accept(); });
}

RawServer::~RawServer() {
  shutdown(socket_, SHUT_RDWR);
  accepting_.join();
  close(socket_);
  for (auto& [socket, thread] : connections_) {
    shutdown(socket, SHUT_RDWR);
    thread.join();
    close(socket);
  }
}

std::vector<std::string> RawServer::requests() {
  std::scoped_lock lock(mutex_);
  return requests_;
}

void RawServer::Accept() {
  while (true) {
    const int accepted = accept4(socket_, nullptr, nullptr, SOCK_CLOEXEC);
    if (accepted < 0) return;
    connections_.emplace_back(accepted, std::thread([this, accepted] { Serve(accepted); }));
  }
}

void RawServer::Serve(int socket) {
  const std::string request = ReadRequest(socket);
  if (request.empty()) return;
  {
    std::scoped_lock lock(mutex_);
    requests_.push_back(request);
  }
  const Script script = handler_(request);
  if (!SendAll(socket, script.bytes)) return;
  switch (script.then) {
    case Script::Then::kClose:
      break;
    case Script::Then::kTrickle:
      while (!HasGone(socket, 20) && SendAll(socket, "x"));
      break;
    case Script::Then::kSilence:
      HasGone(socket, -1);
      break;
  }
  shutdown(socket, SHUT_RDWR);
}

std::string Answer(int status, std::string_view body, std::string_view headers) {
  return fmt::format("HTTP/1.1 {} Answer\r\n{}Connection: close\r\nContent-Length: {}\r\n\r\n{}",
                     status, headers, body.size(), body);
}

std::string FirstLine(const std::string& request) {
  return request.substr(0, request.find("\r\n"));
}

std::string Gzip(const std::string& text) {
  z_stream stream{};
  deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
  std::string packed(deflateBound(&stream, text.size()) + 32, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

}  // namespace rolecall
