// fork, exec and two pipes.
#include "tests/support/child.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>

namespace rolecall {
namespace {

constexpr std::chrono::seconds kChildPatience{300};

std::vector<char*> Pointers(const std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (const std::string& text : texts) pointers.push_back(const_cast<char*>(text.c_str()));
  pointers.push_back(nullptr);
  return pointers;
}

// Held back, as both the mask and what waits pass to the program.
void RaiseHeld(int signal) {
  sigset_t held;
  sigemptyset(&held);
  sigaddset(&held, signal);
  sigprocmask(SIG_BLOCK, &held, nullptr);
  kill(getpid(), signal);  // for whichever thread takes it
}

}  // namespace

Child::Child(const std::vector<std::string>& command, const ProgramEnvironment& environment,
             int waiting) {
  std::vector<std::string> variables;
  for (const auto& [name, value] : environment) variables.push_back(name + "=" + value);
  const std::vector<char*> arguments = Pointers(command), settings = Pointers(variables);
  std::array<int, 2> out{}, err{};
  if (pipe2(out.data(), O_CLOEXEC) != 0 || pipe2(err.data(), O_CLOEXEC) != 0) std::abort();
  process_ = fork();
  if (process_ == 0) {
    dup2(out[1], STDOUT_FILENO);
    dup2(err[1], STDERR_FILENO);
    const int nothing = open("/dev/null", O_RDONLY);
    dup2(nothing, STDIN_FILENO);
    if (waiting != 0) RaiseHeld(waiting);
    execve(arguments[0], arguments.data(), settings.data());
    _exit(127);
  }
  close(out[1]);
  close(err[1]);
  out_ = out[0];
  err_ = err[0];
}

Child::~Child() {
  if (process_ > 0) {
    kill(process_, SIGKILL);
    waitpid(process_, nullptr, 0);
  }
  for (const int pipe : {out_, err_})
    if (pipe >= 0) close(pipe);
}

void Child::Signal(int signal) { kill(process_, signal); }

// False at the end of both.
bool Child::ReadMore(std::optional<std::chrono::milliseconds> most) {
  std::array<pollfd, 2> pipes{pollfd{out_, POLLIN, 0}, pollfd{err_, POLLIN, 0}};
  if (out_ < 0 && err_ < 0) return false;
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
      deadline_ - std::chrono::steady_clock::now());
  const auto wait = most ? std::min(*most, left) : left;
  const int ready =
      left.count() <= 0 ? 0 : poll(pipes.data(), pipes.size(), static_cast<int>(wait.count()));
  if (ready == 0 && most && left.count() > 0) return true;
  if (ready <= 0) {
    ADD_FAILURE() << "the program does not end; so far it said:\n" << finished_.err;
    kill(process_, SIGKILL);
    return false;
  }
  for (const pollfd& one : pipes) {
    if (one.fd < 0 || one.revents == 0) continue;
    std::array<char, 65536> chunk;
    const ssize_t got = read(one.fd, chunk.data(), chunk.size());
    if (got > 0) {
      (one.fd == out_ ? finished_.out : finished_.err)
          .append(chunk.data(), static_cast<std::size_t>(got));
      continue;
    }
    close(one.fd);
    (one.fd == out_ ? out_ : err_) = -1;
  }
  return true;
}

void Child::BeginToRead() { deadline_ = std::chrono::steady_clock::now() + kChildPatience; }

bool Child::SaysOnStderr(std::string_view text) {
  BeginToRead();
  while (finished_.err.find(text) == std::string::npos)
    if (!ReadMore()) return false;
  return true;
}

bool Child::SaysLines(std::ptrdiff_t lines) {
  BeginToRead();
  while (std::ranges::count(finished_.err, '\n') < lines)
    if (!ReadMore()) return false;
  return true;
}

bool Child::SaysOnStdout(std::string_view text) {
  BeginToRead();
  while (finished_.out.find(text) == std::string::npos)
    if (!ReadMore()) return false;
  return true;
}

bool Child::ReadFor(std::chrono::milliseconds time) {
  BeginToRead();
  const auto until = std::chrono::steady_clock::now() + time;
  while (true) {
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
    if (left.count() <= 0) return true;
    if (!ReadMore(left)) return false;
  }
}

void Child::CloseStdout() {
  close(out_);
  out_ = -1;
}

Finished Child::Wait() {
  BeginToRead();
  while (ReadMore()) {
  }
  int status = 0;
  waitpid(process_, &status, 0);
  process_ = -1;
  finished_.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return finished_;
}

}  // namespace rolecall
