// An event is over at an empty line, and "id: " stands on its first.
#include "bench/event_watcher.h"

#include <sys/socket.h>

#include <array>
#include <charconv>
#include <string_view>

namespace rolecall {
namespace {

constexpr std::string_view kId = "id: ";

}  // namespace

std::int64_t LineOf(std::string_view event) {
  std::int64_t line = 0;
  if (event.starts_with(kId))
    std::from_chars(event.data() + kId.size(), event.data() + event.size(), line);
  return line;
}

std::int64_t StatusOf(std::string_view event) {
  if (!event.contains("event: status\n")) return 0;
  return event.starts_with(kId) ? kFinalStatus : kFirstStatus;
}

EventWatcher::EventWatcher(int port, std::string_view request, NumberOfEvent number_of)
    : number_of_(std::move(number_of)), socket_(Connect(port)) {
  SendAll(socket_, request);
  thread_ = std::jthread([this] { Read(); });
}

EventWatcher::~EventWatcher() { shutdown(socket_.get(), SHUT_RDWR); }

// Takes the whole events off the text.
void EventWatcher::NoteEvents(std::string& text) {
  for (auto end = text.find("\n\n"); end != std::string::npos; end = text.find("\n\n")) {
    const std::int64_t number = number_of_(std::string_view(text).substr(0, end + 1));
    if (number > 0) events_.Note(number);
    text.erase(0, end + 2);
  }
}

void EventWatcher::Read() {
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
    NoteEvents(text);
  }
}

}  // namespace rolecall
