// A program as a child process, watched by what it writes.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstddef>
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
  // `waiting`: a signal that is there before the program's first line; 0: none.
  Child(const std::vector<std::string>& command, const ProgramEnvironment& environment,
        int waiting = 0);
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child();

  void Signal(int signal);

  // Those that wait fail the test where it takes over five minutes.
  //
  // Reads until stderr or stdout holds `text`; false where the process ends without it.
  bool SaysOnStderr(std::string_view text);
  bool SaysOnStdout(std::string_view text);

  // Reads until stderr holds so many lines; false where the process ends before.
  bool SaysLines(std::ptrdiff_t lines);

  // Reads what comes for so long; false where the process ended before.
  bool ReadFor(std::chrono::milliseconds time);

  // What it has written to stderr so far.
  const std::string& said() const { return finished_.err; }

  // Reads its stdout no more, as `head` does.
  void CloseStdout();

  // Reads to the end.
  Finished Wait();

 private:
  void BeginToRead();
  // At most for so long; where nothing is given, the test fails at the deadline.
  bool ReadMore(std::optional<std::chrono::milliseconds> most = {});

  pid_t process_ = -1;
  int out_ = -1, err_ = -1;
  std::chrono::steady_clock::time_point deadline_;  // of the call that reads
  Finished finished_;
};

}  // namespace rolecall
