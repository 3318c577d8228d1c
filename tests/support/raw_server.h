// A server on loopback that sends exactly the bytes a test scripts, so that answers can be wrong in
// every way.
#pragma once

#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/gzip.h"  // for what is sent packed
#include "tests/support/loopback.h"

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

  int port() const { return loopback_.port(); }
  std::string Url(std::string_view path) const {
    return "http://localhost:" + std::to_string(port()) + std::string(path);
  }

  // Heads and bodies, in the order in which they came.
  std::vector<std::string> requests();

 private:
  void Serve(int socket);

  Handler handler_;
  std::mutex mutex_;
  std::vector<std::string> requests_;
  Loopback loopback_;  // the last that is made, the first that ends
};

// A whole answer: "HTTP/1.1 200 OK", the headers given, Content-Length, the body.
std::string Answer(int status, std::string_view body, std::string_view headers = "");

// The first line of a request.
std::string FirstLine(const std::string& request);

}  // namespace rolecall
