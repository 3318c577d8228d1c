// POSIX sockets, IPv4.
#include "tests/support/raw_client.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <utility>

#include "sim/sockets.h"

namespace rolecall {
namespace {

constexpr int kClientPatience = 120'000;  // ms

}  // namespace

std::string RawReply::HeaderOf(std::string_view name) const {
  std::size_t line = head.find("\r\n");
  while (line != std::string::npos) {
    line += 2;
    const std::size_t end = std::min(head.find("\r\n", line), head.size());
    const std::size_t colon = std::min(head.find(": ", line), end);
    if (colon - line == name.size() &&
        strncasecmp(head.data() + line, name.data(), name.size()) == 0)
      return head.substr(colon + 2, end - colon - 2);
    line = head.find("\r\n", line);
  }
  return {};
}

RawClient::RawClient(int port) : socket_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof(address)) != 0)
    ADD_FAILURE() << "cannot connect to port " << port;
}

RawClient::~RawClient() { close(socket_); }

bool RawClient::Send(std::string_view bytes) { return SendAll(socket_, bytes); }

bool RawClient::Ask(std::string_view path, std::string_view headers) {
  return Send(fmt::format("GET {} HTTP/1.1\r\nHost: localhost\r\n{}\r\n", path, headers));
}

void RawClient::FinishSending() { shutdown(socket_, SHUT_WR); }

void RawClient::TakeLittle() {
  const int bytes = 64 * 1024;  // less takes minutes for a large reply
  setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof(bytes));
}

RawReply RawClient::ReadHead() {
  RawReply reply{.head = TakeUntil("\r\n\r\n")};
  if (reply.head.size() > 9) reply.status = std::atoi(reply.head.c_str() + 9);
  return reply;
}

RawReply RawClient::Read() {
  RawReply reply = ReadHead();
  if (reply.HeaderOf("Transfer-Encoding") == "chunked") {
    while (!ended_ && !broken_) {
      const std::size_t size = std::strtoul(TakeUntil("\r\n").c_str(), nullptr, 16);
      reply.body += ReadBytes(size);
      if (TakeUntil("\r\n").empty() && size == 0) break;
    }
    reply.cut = ended_ || broken_;
    return reply;
  }
  const std::size_t size = std::strtoul(reply.HeaderOf("Content-Length").c_str(), nullptr, 10);
  reply.body = ReadBytes(size);
  reply.cut = reply.body.size() < size;
  return reply;
}

std::string RawClient::ReadToTheEnd() {
  while (Fill()) continue;
  return std::exchange(inbox_, {});
}

std::string RawClient::ReadBytes(std::size_t count) {
  while (inbox_.size() < count && Fill()) continue;
  std::string taken = inbox_.substr(0, count);
  inbox_.erase(0, taken.size());
  return taken;
}

std::string RawClient::TakeUntil(std::string_view text) {
  std::size_t found = inbox_.find(text);
  while (found == std::string::npos && Fill()) found = inbox_.find(text);
  if (found == std::string::npos) return {};
  std::string taken = inbox_.substr(0, found);
  inbox_.erase(0, found + text.size());
  return taken;
}

// False at the end.
bool RawClient::Fill() {
  pollfd waiting{socket_, POLLIN, 0};
  if (poll(&waiting, 1, kClientPatience) == 0) {
    ADD_FAILURE() << "nothing came for " << kClientPatience << " ms";
    return false;
  }
  std::array<char, 65536> bytes;
  const ssize_t got = recv(socket_, bytes.data(), bytes.size(), 0);
  if (got > 0) inbox_.append(bytes.data(), static_cast<std::size_t>(got));
  if (got == 0) ended_ = true;
  if (got < 0) broken_ = true;
  return got > 0;
}

std::string Unpacked(std::string_view packed) {
  z_stream stream{};
  inflateInit2(&stream, 15 + 16);
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = static_cast<uInt>(packed.size());
  std::string text;
  std::array<char, 65536> piece;
  int state = Z_OK;
  while (state == Z_OK) {
    stream.next_out = reinterpret_cast<Bytef*>(piece.data());
    stream.avail_out = static_cast<uInt>(piece.size());
    state = inflate(&stream, Z_NO_FLUSH);
    text.append(piece.data(), piece.size() - stream.avail_out);
  }
  inflateEnd(&stream);
  EXPECT_EQ(state, Z_STREAM_END);
  return text;
}

}  // namespace rolecall
