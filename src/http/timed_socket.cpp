// A socket on which every wait has an end. Reads and writes are tried at once and waited for only
// where the kernel has nothing, so that a waiting connection holds no buffer.
#include "http/timed_socket.h"

#include <algorithm>
#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <tuple>
#include <utility>

#include "http/awaited.h"

namespace rolecall {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;
using std::chrono::steady_clock;

bool MustWait(error_code failure) {
  return failure == asio::error::would_block || failure == asio::error::try_again;
}

}  // namespace

TimedSocket::TimedSocket(asio::ip::tcp::socket socket)
    : socket_(std::move(socket)), alarm_(socket_.get_executor()) {
  error_code ignored;
  std::ignore = socket_.non_blocking(true, ignored);
  std::ignore = socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
}

asio::awaitable<TimedSocket::Received> TimedSocket::Receive(std::span<char> into, Time until,
                                                            Wakeable wakeable) {
  while (true) {
    error_code failure;
    const std::size_t got = socket_.read_some(asio::buffer(into.data(), into.size()), failure);
    if (!failure) co_return Received{Outcome::kCame, got};
    if (!MustWait(failure)) co_return Received{Outcome::kGone};
    if (woken_ && wakeable == Wakeable::kYes) co_return Received{Outcome::kWoken};
    if (steady_clock::now() >= until) co_return Received{Outcome::kLate};
    in_wakeable_wait_ = wakeable == Wakeable::kYes;
    co_await Ready(asio::ip::tcp::socket::wait_read, until);
    in_wakeable_wait_ = false;
  }
}

asio::awaitable<bool> TimedSocket::Send(std::string_view head, std::string_view body,
                                        Milliseconds patience) {
  Time until = steady_clock::now() + patience;
  while (!head.empty() || !body.empty()) {
    error_code failure;
    const std::array<asio::const_buffer, 2> both{asio::buffer(head), asio::buffer(body)};
    const std::size_t sent = socket_.write_some(both, failure);
    if (failure && !MustWait(failure)) co_return false;
    const std::size_t of_head = std::min(sent, head.size());
    head.remove_prefix(of_head);
    body.remove_prefix(sent - of_head);
    sent_ += sent;
    const Time now = steady_clock::now();
    if (sent > 0) until = now + patience;
    if (!failure) continue;
    if (now >= until) co_return false;
    co_await Ready(asio::ip::tcp::socket::wait_write, until);
  }
  co_return true;
}

asio::awaitable<void> TimedSocket::Linger(std::span<char> scratch, Milliseconds most,
                                          std::size_t most_bytes) {
  error_code ignored;
  std::ignore = socket_.shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
  const Time until = steady_clock::now() + most;
  std::size_t read = 0;
  while (read < most_bytes) {
    const Received received = co_await Receive(scratch, until, Wakeable::kNo);
    if (received.outcome != Outcome::kCame) break;
    read += received.bytes;
  }
  Close();
}

void TimedSocket::Wake() {
  woken_ = true;
  error_code ignored;
  if (in_wakeable_wait_) std::ignore = socket_.cancel(ignored);
}

void TimedSocket::Cut() {
  error_code ignored;
  std::ignore = socket_.set_option(asio::socket_base::linger(true, 0), ignored);
  Close();
}

void TimedSocket::Close() {
  error_code ignored;
  std::ignore = socket_.close(ignored);
  alarm_.cancel();
}

int TimedSocket::Release() {
  alarm_.cancel();
  if (!socket_.is_open()) return -1;
  error_code failure;
  const int native = socket_.release(failure);
  return failure ? -1 : native;
}

// Returns when the socket is ready, the time is over, or somebody woke or closed it: whoever waits
// tries again and sees.
asio::awaitable<void> TimedSocket::Ready(asio::ip::tcp::socket::wait_type what, Time until) {
  SetAlarm(until);
  co_await socket_.async_wait(what, kAsTuple);
}

// One timer serves all waits: most are over long before it, and move it only forward.
void TimedSocket::SetAlarm(Time until) {
  until_ = until;
  if (alarm_set_ && alarm_.expiry() <= until) return;
  alarm_.expires_at(until);
  alarm_set_ = true;
  alarm_.async_wait([timed = weak_from_this()](error_code failure) {
    if (failure == asio::error::operation_aborted) return;
    if (const auto here = timed.lock()) here->Ring();
  });
}

void TimedSocket::Ring() {
  alarm_set_ = false;
  if (!socket_.is_open()) return;
  if (steady_clock::now() < until_) return SetAlarm(until_);
  error_code ignored;
  std::ignore = socket_.cancel(ignored);
}

}  // namespace rolecall
