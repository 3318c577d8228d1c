// A proxy on loopback: it connects whoever asks for a name to the port of this machine that stands
// for it, and keeps what it was asked.
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "tests/support/loopback.h"

namespace rolecall {

class TunnelProxy {
 public:
  // "example.com:443" and a port. Any other name is answered with 502.
  explicit TunnelProxy(std::map<std::string, int> leads);

  int port() const { return loopback_.port(); }
  std::vector<std::string> heads();  // of what it was asked

 private:
  void Serve(int socket);

  const std::map<std::string, int> leads_;
  std::mutex mutex_;
  std::vector<std::string> heads_;
  Loopback loopback_;  // the last that is made, the first that ends
};

}  // namespace rolecall
