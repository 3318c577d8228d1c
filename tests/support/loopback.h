// Takes connections on loopback, a thread each, at a port that the kernel chooses.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <list>
#include <string>
#include <thread>
#include <utility>

namespace rolecall {

// Ending breaks all connections off.
class Loopback {
 public:
  enum class Family : std::uint8_t { kIpv4, kIpv6 };
  using Serve = std::function<void(int socket)>;  // on several threads; the socket is not its own

  Loopback(Family family, Serve serve);
  Loopback(const Loopback&) = delete;
  Loopback& operator=(const Loopback&) = delete;
  ~Loopback();

  int port() const { return port_; }  // 0 where this machine has no such loopback
  int connections() const { return count_; }

 private:
  void Accept();

  Serve serve_;
  int socket_ = -1;
  int port_ = 0;
  std::atomic<int> count_ = 0;
  std::list<std::pair<int, std::thread>> connections_;
  std::thread accepting_;
};

// Ends what is sent, and waits until the other side has ended too, so that nothing sent is lost.
void EndSending(int socket);

// The head of an HTTP/1.1 message, read by `read` (as recv returns); what came before the end.
std::string ReadHead(const std::function<int(char* bytes, int most)>& read);

}  // namespace rolecall
