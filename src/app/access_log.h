// One line a request, on stderr: never a query, a body or a token.
#pragma once

#include <unistd.h>

#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <string>
#include <thread>

#include "http/server.h"

namespace rolecall {

// Safe to use from several threads.
class AccessLog {
 public:
  // `file` is open for longer than this.
  explicit AccessLog(int file = STDERR_FILENO);
  AccessLog(const AccessLog&) = delete;
  AccessLog& operator=(const AccessLog&) = delete;
  // Writes what waits.
  ~AccessLog();

  // Waits for nobody who reads. The first of a burst is written at once, what follows it 10 ms
  // late at most. Where nobody reads for long, the oldest lines are lost, and how many is written.
  void Note(const Exchange& exchange);

 private:
  struct Lines {
    std::string text;
    std::size_t count = 0;
  };

  void Write();
  void Append(std::string_view text) const;

  const int file_;
  std::mutex mutex_;
  std::condition_variable changed_;
  Lines older_, newer_;
  std::size_t lost_ = 0;
  bool writer_sleeps_ = false;
  bool ends_ = false;
  std::thread writer_;
};

}  // namespace rolecall
