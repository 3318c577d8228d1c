// A server on loopback that sends exactly the bytes a test scripts, so that answers can be wrong in
// every way.
#pragma once

#include <functional>
#include <list>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "base/gzip.h"  // for what is sent packed

namespace rolecall {

struct Script {
  std::string bytes;
  // Afterwards the server closes, goes on with a byte every 20 ms, or keeps silent until the other
  // side has gone.
  enum class Then { kClose, kTrickle, kSilence } then = Then::kClose;
};

// Each connection is asked once. Ending breaks all of them off.
class RawServer {
 public:
  using Handler = std::function<Script(const std::string& request)>;  // on several threads
  explicit RawServer(Handler handler);
  RawServer(const RawServer&) = delete;
  RawServer& operator=(const RawServer&) = delete;
  ~RawServer();

  int port() const { return port_; }
  std::string Url(std::string_view path) const {
    return "http://localhost:" + std::to_string(port_) + std::string(path);
  }

  // Heads and bodies, in the order in which they came.
  std::vector<std::string> requests();

 private:
  void Accept();
  void Serve(int socket);

  Handler handler_;
  int socket_ = -1;
  int port_ = 0;
  std::mutex mutex_;
  std::vector<std::string> requests_;
  std::list<std::pair<int, std::thread>> connections_;
  std::thread accepting_;
};

// A whole answer: "HTTP/1.1 200 OK", the headers given, Content-Length, the body.
std::string Answer(int status, std::string_view body, std::string_view headers = "");

// The first line of a request.
std::string FirstLine(const std::string& request);

}  // namespace rolecall
