// One thread and epoll: an asker that is cheap beside what it asks.
#include "bench/http_load.h"

#include <fmt/format.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#include <array>
#include <charconv>
#include <optional>
#include <span>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

#include "bench/loopback.h"

namespace rolecall {
namespace {

using Steady = std::chrono::steady_clock;

constexpr std::string_view kLength = "\r\nContent-Length: ";
constexpr std::string_view kCloses = "\r\nConnection: close\r\n";
constexpr std::size_t kAtOnce = 65'536;
constexpr int kMostEvents = 64;

struct Head {
  std::size_t whole = 0;  // bytes of the answer, the head with it
  bool closes = false;
};

Head ReadHead(std::string_view head) {
  if (!head.starts_with("HTTP/1.1 200 "))
    throw std::runtime_error(fmt::format("an answer begins {:.60}", head));
  const auto length = head.find(kLength);
  if (length == std::string_view::npos) throw std::runtime_error("an answer states no length");
  std::size_t body = 0;
  const std::string_view digits = head.substr(length + kLength.size());
  std::from_chars(digits.data(), digits.data() + digits.size(), body);
  return {.whole = head.size() + body, .closes = head.contains(kCloses)};
}

// One answer after the other, of one connection.
class Answers {
 public:
  // Takes what came; once an answer is whole, its head.
  std::optional<Head> Take(std::string_view bytes) {
    text_ += bytes;
    if (!head_) {
      const auto end = text_.find("\r\n\r\n");
      if (end == std::string::npos) return std::nullopt;
      head_ = ReadHead(std::string_view(text_).substr(0, end + 4));
    }
    if (text_.size() < head_->whole) return std::nullopt;
    return std::exchange(head_, std::nullopt);
  }
  const std::string& text() const { return text_; }
  void Forget() { text_.clear(); }

 private:
  std::string text_;
  std::optional<Head> head_;
};

std::string_view Receive(const Socket& socket, std::span<char> into) {
  const auto count =
      MustCall("recv", static_cast<int>(recv(socket.get(), into.data(), into.size(), 0)));
  if (count == 0) throw std::runtime_error("the server ended within an answer");
  return {into.data(), static_cast<std::size_t>(count)};
}

struct Asker {
  explicit Asker(int port) : socket(Connect(port)) {}
  Socket socket;
  Answers answers;
};

class Crowd {
 public:
  Crowd(int port, std::string_view request, int size) : port_(port), request_(request) {
    askers_.reserve(static_cast<std::size_t>(size));
    for (int i = 0; i < size; ++i) Watch(askers_.emplace_back(port));
  }

  Load Ask(std::chrono::milliseconds time) {
    const auto began = Steady::now();
    until_ = began + time;
    for (const Asker& asker : askers_) SendAll(asker.socket, request_);
    under_way_ = askers_.size();
    std::array<epoll_event, kMostEvents> events;
    while (under_way_ > 0) {
      const int count =
          MustCall("epoll_wait", epoll_wait(poll_.get(), events.data(), kMostEvents, 60'000));
      if (count == 0) throw std::runtime_error("no answer came for a minute");
      for (const epoll_event& event : std::span(events).first(static_cast<std::size_t>(count)))
        Take(*static_cast<Asker*>(event.data.ptr));
    }
    return {.seconds = std::chrono::duration<double>(Steady::now() - began).count(),
            .answers = answers_};
  }

 private:
  void Watch(Asker& asker) const {
    epoll_event event{.events = EPOLLIN, .data = {.ptr = &asker}};
    MustCall("epoll_ctl", epoll_ctl(poll_.get(), EPOLL_CTL_ADD, asker.socket.get(), &event));
  }

  void Take(Asker& asker) {
    const auto head = asker.answers.Take(Receive(asker.socket, room_));
    if (!head) return;
    ++answers_;
    asker.answers.Forget();
    if (head->closes) {
      asker.socket = Connect(port_);
      Watch(asker);
    }
    if (Steady::now() < until_)
      SendAll(asker.socket, request_);
    else
      --under_way_;
  }

  const int port_;
  const std::string_view request_;
  const Socket poll_{MustCall("epoll_create1", epoll_create1(EPOLL_CLOEXEC))};
  std::vector<Asker> askers_;
  std::array<char, kAtOnce> room_{};
  Steady::time_point until_;
  std::size_t under_way_ = 0;
  int answers_ = 0;
};

}  // namespace

std::string AskOnce(int port, std::string_view request) {
  const Socket socket = Connect(port);
  SendAll(socket, request);
  std::array<char, kAtOnce> room;
  Answers answers;
  while (!answers.Take(Receive(socket, room))) continue;
  return answers.text();
}

std::vector<double> TimeAnswers(int port, std::string_view request, int count,
                                std::chrono::milliseconds pause) {
  Socket socket = Connect(port);
  std::array<char, kAtOnce> room;
  std::vector<double> took;
  for (int i = 0; i < count; ++i) {
    std::this_thread::sleep_for(pause);
    Answers answers;
    const auto asked = Steady::now();
    SendAll(socket, request);
    std::optional<Head> head;
    while (!head) head = answers.Take(Receive(socket, room));
    took.push_back(std::chrono::duration<double, std::milli>(Steady::now() - asked).count());
    if (head->closes) socket = Connect(port);
  }
  return took;
}

Load AskAllTheTime(int port, std::string_view request, int connections,
                   std::chrono::milliseconds time) {
  return Crowd(port, request, connections).Ask(time);
}

}  // namespace rolecall
