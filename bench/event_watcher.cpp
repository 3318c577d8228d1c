// An event is over at an empty line, and "id: " stands on its first.
#include "bench/log_watcher.h"

#include <fmt/format.h>
#include <sys/socket.h>

#include <array>
#include <charconv>
#include <string_view>

namespace rolecall {
namespace {

constexpr std::string_view kId = "id: ";

// Takes the whole events off the text, and notes each line among them.
void NoteLines(std::string& text, Arrivals& lines) {
  for (auto end = text.find("\n\n"); end != std::string::npos; end = text.find("\n\n")) {
    std::int64_t seq = 0;
    if (text.starts_with(kId)) std::from_chars(text.data() + kId.size(), text.data() + end, seq);
    if (seq > 0) lines.Note(seq);
    text.erase(0, end + 2);
  }
}

}  // namespace

LogWatcher::LogWatcher(int port, const std::string& token, std::int64_t run_id)
    : socket_(Connect(port)) {
  SendAll(socket_, fmt::format("GET /api/ingestion/logs/{}/stream HTTP/1.1\r\nHost: localhost\r\n"
                               "Authorization: Bearer {}\r\n\r\n",
                               run_id, token));
  thread_ = std::jthread([this] { Read(); });
}

LogWatcher::~LogWatcher() { shutdown(socket_.get(), SHUT_RDWR); }

void LogWatcher::Read() {
  std::array<char, 16'384> room;
  std::string text;
  bool head = true;
  while (true) {
    const ssize_t count = recv(socket_.get(), room.data(), room.size(), 0);
    if (count <= 0) return;
    text.append(room.data(), static_cast<std::size_t>(count));
    if (head) {
      const auto end = text.find("\r\n\r\n");
      if (end == std::string::npos) continue;
      text.erase(0, end + 4);
      head = false;
    }
    NoteLines(text, lines_);
  }
}

}  // namespace rolecall
