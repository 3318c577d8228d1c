// Writes one line a request. What a client wrote as its path is cut and made harmless before a
// terminal or a file sees it. Written by a thread of its own, which lines wake only while it has
// nothing to do: many at once cost one write.
#include "app/access_log.h"

#include <fmt/format.h>
#include <poll.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <climits>
#include <iterator>
#include <string_view>
#include <utility>

#include "base/clock.h"
#include "base/text.h"

namespace rolecall {
namespace {

constexpr std::size_t kMostShown = 200;
constexpr std::size_t kMostWaiting = 8'192;  // lines
constexpr std::chrono::milliseconds kGathers{10};

// Printable ASCII alone; the rest as '?'.
std::string Harmless(std::string_view text) {
  std::string shown(text.substr(0, kMostShown));
  for (char& one : shown)
    if (one <= ' ' || one > '~') one = '?';
  return shown;
}

// Whole lines, together no more than a pipe takes in one piece, or one that is longer: what others
// write beside it does not come into the midst of a line.
std::string_view NextPiece(std::string_view text) {
  if (text.size() <= PIPE_BUF) return text;
  const std::size_t last = text.substr(0, PIPE_BUF).rfind('\n');
  return text.substr(0, (last == std::string_view::npos ? text.find('\n') : last) + 1);
}

}  // namespace

AccessLog::AccessLog(int file) : file_(file), writer_([this] { Write(); }) {}

AccessLog::~AccessLog() {
  {
    const std::scoped_lock lock(mutex_);
    ends_ = true;
  }
  changed_.notify_one();
  writer_.join();
}

void AccessLog::Note(const Exchange& exchange) {
  fmt::memory_buffer line;
  fmt::format_to(std::back_inserter(line), "{} {} {} {} {} {} bytes {:.1f} ms", ToIso(SystemNow()),
                 exchange.peer, Harmless(exchange.method), Harmless(exchange.path), exchange.status,
                 exchange.bytes, static_cast<double>(exchange.took.count()) / 1000);
  if (!exchange.failure.empty())
    fmt::format_to(std::back_inserter(line), ": {}", OneLine(exchange.failure));
  line.push_back('\n');
  bool wakes = false;
  {
    const std::scoped_lock lock(mutex_);
    if (newer_.count == kMostWaiting / 2) {
      lost_ += older_.count;
      older_ = std::exchange(newer_, {});
    }
    newer_.text.append(line.data(), line.size());
    ++newer_.count;
    wakes = std::exchange(writer_sleeps_, false);
  }
  if (wakes) changed_.notify_one();
}

void AccessLog::Write() {
  std::unique_lock lock(mutex_);
  while (true) {
    writer_sleeps_ = true;
    changed_.wait(lock, [this] { return ends_ || newer_.count > 0; });
    writer_sleeps_ = false;
    if (newer_.count == 0) return;
    const Lines older = std::exchange(older_, {}), newer = std::exchange(newer_, {});
    const std::size_t lost = std::exchange(lost_, 0);
    lock.unlock();
    if (lost > 0)
      Append(fmt::format("{} {} lines of requests were lost: nobody read\n", ToIso(SystemNow()),
                         lost));
    Append(older.text);
    Append(newer.text);
    lock.lock();
    changed_.wait_for(lock, kGathers, [this] { return ends_; });
  }
}

// What cannot be written at all is lost: there is nowhere to say so.
void AccessLog::Append(std::string_view text) const {
  while (!text.empty()) {
    const ssize_t written = write(file_, text.data(), NextPiece(text).size());
    if (written >= 0) {
      text.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno == EAGAIN) {
      pollfd full{file_, POLLOUT, 0};
      poll(&full, 1, -1);
    } else if (errno != EINTR) {
      return;
    }
  }
}

}  // namespace rolecall
