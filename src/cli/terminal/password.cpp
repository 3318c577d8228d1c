// Reads a password. The terminal shows again what is typed, whichever way this ends.
#include "cli/terminal/password.h"

#include <fmt/format.h>
#include <poll.h>
#include <termios.h>
#include <unistd.h>

#include <cerrno>
#include <optional>
#include <system_error>

#include "auth/passwords.h"
#include "cli/terminal/terminal.h"

namespace rolecall {
namespace {

class Hidden {
 public:
  explicit Hidden(int terminal) : terminal_(terminal) {
    if (tcgetattr(terminal_, &before_) != 0) return;
    termios silent = before_;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    hidden_ = tcsetattr(terminal_, TCSAFLUSH, &silent) == 0;
  }
  Hidden(const Hidden&) = delete;
  Hidden& operator=(const Hidden&) = delete;
  ~Hidden() {
    if (hidden_) tcsetattr(terminal_, TCSAFLUSH, &before_);
  }
  bool hidden() const { return hidden_; }

 private:
  const int terminal_;
  termios before_{};
  bool hidden_ = false;
};

constexpr int kLookForStop = 100;  // ms

// Up to the end of the line, or one byte more than any password has.
Result<std::string> ReadLine(int in, const std::stop_token& stop) {
  std::string line;
  while (line.size() <= kLongestPassword) {
    if (stop.stop_requested()) return Fail(Errc::kCancelled, "no password was given");
    pollfd wanted{.fd = in, .events = POLLIN, .revents = 0};
    const int ready = poll(&wanted, 1, kLookForStop);
    if (ready == 0 || (ready < 0 && errno == EINTR)) continue;
    char byte = 0;
    const ssize_t size = read(in, &byte, 1);
    if (size < 0 && errno == EINTR) continue;
    if (size < 0)
      return Fail(Errc::kInvalidInput, fmt::format("the password cannot be read: {}",
                                                   std::generic_category().message(errno)));
    if (size == 0 && line.empty()) return Fail(Errc::kInvalidInput, "no password was given");
    if (size == 0 || byte == '\n') break;
    line += byte;
  }
  if (line.ends_with('\r')) line.pop_back();
  return line;
}

Result<std::string> Ask(int in, std::string_view prompt, const std::stop_token& stop) {
  WriteRaw(prompt);
  auto line = ReadLine(in, stop);
  WriteRaw("\n");
  return line;
}

}  // namespace

Result<std::string> ReadNewPassword(int in, const std::stop_token& stop) {
  if (isatty(in) == 0) return ReadLine(in, stop);
  const Hidden hidden(in);
  if (!hidden.hidden())
    return Fail(Errc::kInvalidInput, "the terminal would show the password: pipe it in");
  TRY(std::string first, Ask(in, "Password: ", stop));
  TRY(const std::string second, Ask(in, "Again: ", stop));
  if (first != second) return Fail(Errc::kInvalidInput, "the two passwords differ");
  return first;
}

}  // namespace rolecall
