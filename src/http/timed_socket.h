// One accepted socket on which every wait has an end.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

namespace rolecall {

// For the thread of its executor alone; held by a shared_ptr. One coroutine at a time reads or
// writes; Wake and Cut may be called while it waits.
class TimedSocket : public std::enable_shared_from_this<TimedSocket> {
 public:
  using Time = std::chrono::steady_clock::time_point;
  using Milliseconds = std::chrono::milliseconds;

  enum class Outcome : std::uint8_t {
    kCame,   // bytes
    kGone,   // the other end closed, or the connection broke
    kLate,   // the time is over
    kWoken,  // Wake, and no byte was there
  };
  struct Received {
    Outcome outcome;
    std::size_t bytes = 0;
  };
  enum class Wakeable : std::uint8_t { kNo, kYes };

  explicit TimedSocket(boost::asio::ip::tcp::socket socket);

  // Waits for bytes until `until`. Those that are there already are always taken.
  boost::asio::awaitable<Received> Receive(std::span<char> into, Time until, Wakeable wakeable);

  // Sends both; false where the other end went, or took nothing for `patience`. The views stand
  // until then.
  boost::asio::awaitable<bool> Send(std::string_view head, std::string_view body,
                                    Milliseconds patience);

  // Says that nothing more comes, reads on into `scratch` until the other end closes, at most for
  // so long and so much, and closes. What was sent before is not lost to a reset.
  boost::asio::awaitable<void> Linger(std::span<char> scratch, Milliseconds most,
                                      std::size_t most_bytes);

  // Ends the present and each later wakeable wait.
  void Wake();
  // Closes so that the other end sees a failure, not an end.
  void Cut();
  void Close();
  // Hands the socket out, open and non-blocking; -1 where it is closed.
  int Release();

  std::uint64_t sent() const { return sent_; }  // bytes, over all calls

 private:
  boost::asio::awaitable<void> Ready(boost::asio::ip::tcp::socket::wait_type what, Time until);
  void SetAlarm(Time until);
  void Ring();

  boost::asio::ip::tcp::socket socket_;
  boost::asio::steady_timer alarm_;
  Time until_{};
  bool alarm_set_ = false;
  bool woken_ = false;
  bool in_wakeable_wait_ = false;
  std::uint64_t sent_ = 0;
};

}  // namespace rolecall
