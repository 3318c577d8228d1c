// One line a request, on stderr: never a query, a body or a token.
#pragma once

#include <memory>

#include "http/server.h"

namespace spdlog {
class logger;
}

namespace rolecall {

// Safe to use from several threads.
class AccessLog {
 public:
  AccessLog();
  void Note(const Exchange& exchange);

 private:
  std::shared_ptr<spdlog::logger> logger_;
};

}  // namespace rolecall
