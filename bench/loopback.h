// Sockets over loopback TCP, blocking; what the system refuses throws std::system_error.
#pragma once

#include <string>
#include <string_view>

namespace rolecall {

// The result of a system call, where it is not negative.
int MustCall(std::string_view what, int result);

// Closed with the object.
class Socket {
 public:
  explicit Socket(int socket) : socket_(socket) {}
  Socket(Socket&& other) noexcept;
  Socket& operator=(Socket&& other) noexcept;
  ~Socket();
  int get() const { return socket_; }

 private:
  int socket_;
};

Socket ListenOnLoopback();  // at any port that is free
int PortOf(const Socket& listening);
Socket Connect(int port);
Socket ConnectFrom(const std::string& address, int port);  // such as "127.0.0.2"
void SendAll(const Socket& socket, std::string_view bytes);

}  // namespace rolecall
