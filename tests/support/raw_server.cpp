// POSIX sockets; a connection a thread.
#include "tests/support/raw_server.h"

#include <fmt/format.h>
#include <sys/socket.h>

#include <array>
#include <cstdlib>

#include "sim/sockets.h"

namespace rolecall {
namespace {

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
    : handler_(std::move(handler)),
      loopback_(Loopback::Family::kIpv4, [this](int socket) { Serve(socket); }) {}

std::vector<std::string> RawServer::requests() {
  std::scoped_lock lock(mutex_);
  return requests_;
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
      while (Stays(socket, 20) && SendAll(socket, "x"));
      break;
    case Script::Then::kSilence:
      Stays(socket, -1);
      break;
  }
}

std::string Answer(int status, std::string_view body, std::string_view headers) {
  return fmt::format("HTTP/1.1 {} Answer\r\n{}Connection: close\r\nContent-Length: {}\r\n\r\n{}",
                     status, headers, body.size(), body);
}

std::string FirstLine(const std::string& request) {
  return request.substr(0, request.find("\r\n"));
}

}  // namespace rolecall
