// One line a request, on stderr: never a query, a body or a token.
#pragma once

#include <memory>

#include "http/server.h"

namespace spdlog {
class logger;
namespace details {
class thread_pool;
}
}  // namespace spdlog

namespace rolecall {

// Safe to use from several threads.
class AccessLog {
 public:
  AccessLog();
  AccessLog(const AccessLog&) = delete;
  AccessLog& operator=(const AccessLog&) = delete;
  // Writes what waits.
  ~AccessLog();

  // Never waits.
  void Note(const Exchange& exchange);

 private:
  std::shared_ptr<spdlog::details::thread_pool> threads_;
  std::shared_ptr<spdlog::logger> logger_;
};

}  // namespace rolecall
