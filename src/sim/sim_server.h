// A small blocking HTTP/1.1 server on loopback: one thread a connection.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <list>
#include <memory>
#include <thread>

#include "base/error.h"
#include "base/guarded.h"
#include "sim/answer.h"

namespace rolecall {

class SimServer {
 public:
  using Handler = std::function<SimAnswer(const SimRequest&)>;  // called from several threads

  // `port` 0: any that is free. kUnavailable where it is taken. `delay`: before each answer.
  static Result<std::unique_ptr<SimServer>> Listen(int port, std::chrono::milliseconds delay,
                                                   Handler handler);
  SimServer(const SimServer&) = delete;
  SimServer& operator=(const SimServer&) = delete;

  // Breaks every connection off.
  ~SimServer();

  int port() const { return port_; }

  // Before each answer from now on.
  void SetDelay(std::chrono::milliseconds delay) { delay_ = delay; }

 private:
  struct Connection {
    int socket;
    std::atomic<bool> done = false;
    std::thread thread;
  };
  SimServer(int socket, int port, std::chrono::milliseconds delay, Handler handler);
  void Accept();
  void Serve(Connection& connection);

  const int socket_;
  const int port_;
  std::atomic<std::chrono::milliseconds> delay_;
  const Handler handler_;
  std::atomic<bool> ends_ = false;
  Guarded<std::list<std::unique_ptr<Connection>>> connections_;
  std::thread accepting_;
};

}  // namespace rolecall
