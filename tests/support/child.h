// A program as a child process, watched by what it writes.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rolecall {

struct Finished {
  int code = -1;  // 128 + n after signal n
  std::string out, err;
};

using ProgramEnvironment = std::map<std::string, std::string>;

// A process under way. Killed where the object ends first.
class Child {
 public:
  Child(const std::vector<std::string>& command, const ProgramEnvironment& environment);
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child();

  void Signal(int signal);

  // Reads until stderr or stdout holds `text`; false where the process ends without it.
  bool SaysOnStderr(std::string_view text);
  bool SaysOnStdout(std::string_view text);

  // Reads what comes for so long; false where the process ended before.
  bool ReadFor(std::chrono::milliseconds time);

  // What it has written to stderr so far.
  const std::string& said() const { return finished_.err; }

  // Reads its stdout no more, as `head` does.
  void CloseStdout();

  // Reads to the end. The test fails where that takes over five minutes.
  Finished Wait();

 private:
  // At most for so long; where nothing is given, the test fails once the patience ends.
  bool ReadMore(std::optional<std::chrono::milliseconds> most = {});

  pid_t process_ = -1;
  int out_ = -1, err_ = -1;
  std::chrono::steady_clock::time_point deadline_;
  Finished finished_;
};

}  // namespace rolecall
