// What serving costs at the least: a loop over epoll that gives the same bytes to whoever asks.
#pragma once

#include <sys/types.h>

#include <string>

namespace rolecall {

// A child process of one thread, which looks at no request. Goes with the object.
class BareServer {
 public:
  explicit BareServer(const std::string& answer);
  BareServer(const BareServer&) = delete;
  BareServer& operator=(const BareServer&) = delete;
  ~BareServer();

  int port() const { return port_; }
  double CpuSeconds() const;  // so far, to a hundredth

 private:
  int port_ = 0;
  pid_t process_ = -1;
};

}  // namespace rolecall
