// Each login is one of an account of its own, that nobody has.
#include "bench/waiting_logins.h"

#include <fmt/format.h>
#include <sys/socket.h>

#include <array>
#include <stdexcept>
#include <string>

namespace rolecall {
namespace {

constexpr int kAddresses = 16;

// "HTTP/1.1 401 …"
int StatusOn(const Socket& socket) {
  std::array<char, 12> line{};
  const auto came = recv(socket.get(), line.data(), line.size(), MSG_WAITALL);
  if (came != static_cast<ssize_t>(line.size()))
    throw std::runtime_error("a login was not answered");
  return std::stoi(std::string(line.end() - 3, line.end()));
}

}  // namespace

WaitingLogins::WaitingLogins(int port, int count, int turn) {
  for (int i = 0; i < count; ++i) {
    const std::string body =
        fmt::format(R"({{"email":"nobody{}-{}@example.org","password":"wrong"}})", turn, i);
    asking_.push_back(ConnectFrom(fmt::format("127.0.{}.{}", 1 + turn, 1 + i % kAddresses), port));
    SendAll(asking_.back(),
            fmt::format("POST /auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
                        "application/json\r\nContent-Length: {}\r\n\r\n{}",
                        body.size(), body));
  }
}

std::map<int, int> WaitingLogins::AwaitAnswers() {
  std::map<int, int> statuses;
  for (const Socket& one : asking_) ++statuses[StatusOn(one)];
  return statuses;
}

}  // namespace rolecall
