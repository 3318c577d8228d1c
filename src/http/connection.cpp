// The exchanges on one connection. Coroutines on the server's one thread; the handler, and all that
// it makes, on the pool.
#include "http/connection.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>
#include <functional>
#include <string_view>
#include <utility>

#include "http/encoding.h"
#include "http/reply_head.h"
#include "http/request_reader.h"

namespace rolecall {
namespace {

namespace asio = boost::asio;
using std::chrono::steady_clock;
using State = RequestReader::State;
using Turn = HandlerPool::Turn;

constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";

// Runs `work` on the pool and comes back to the thread that asked.
asio::awaitable<Turn> RunOn(HandlerPool& pool, HandlerPool::Admission admission,
                            std::function<void()> work) {
  const auto begin = [](auto handler, HandlerPool* on, HandlerPool::Admission how,
                        std::function<void()> what) {
    on->Submit(how, [handler = std::move(handler), what = std::move(what)](Turn turn) mutable {
      if (turn == Turn::kTaken) what();
      const auto executor = asio::get_associated_executor(handler);
      asio::post(executor,
                 [handler = std::move(handler), turn]() mutable { std::move(handler)(turn); });
    });
  };
  const Turn turn = co_await asio::async_initiate<const asio::use_awaitable_t<>&, void(Turn)>(
      begin, asio::use_awaitable, &pool, admission, std::move(work));
  co_return turn;
}

// "" where it did not.
std::string WhyItThrew(const std::function<void()>& work) {
  try {
    work();
    return {};
  } catch (const std::exception& thrown) {
    return fmt::format("an exception: {}", thrown.what());
  } catch (...) {
    return "an exception that is no std::exception";
  }
}

Reply Busy() {
  Reply reply = Refuse(503, "The server is busy; try again in a second.");
  reply.headers.push_back({"Retry-After", "1"});
  return reply;
}

class Exchanges {
 public:
  Exchanges(std::shared_ptr<TimedSocket> socket, std::shared_ptr<Permit> permit, std::string peer,
            ConnectionParts& parts)
      : socket_(std::move(socket)),
        permit_(std::move(permit)),
        peer_(std::move(peer)),
        parts_(parts),
        reader_({.header = parts.settings.header_limit, .body = parts.settings.body_limit},
                parts.settings.base_path) {}

  asio::awaitable<void> Serve();

 private:
  enum class Came : std::uint8_t { kRequest, kRefusal, kNothing };
  enum class Then : std::uint8_t { kNext, kLinger, kOver };

  asio::awaitable<Came> ReadRequest();
  asio::awaitable<Then> Answer();
  asio::awaitable<Then> SendWhole();
  asio::awaitable<Then> SendPieces();
  asio::awaitable<Then> HandOver();
  asio::awaitable<bool> Send(std::string_view head, std::string_view body);

  std::string HeadFor(Framing framing, Ending ending);
  void NoteCaller();
  void SetClock(State state);
  Came Refused(Reply reply);
  Came RefuseLate(State state);
  Admission Admit() const;
  void TurnAway();
  void CallHandler();
  void CallForMore();
  Ending EndingOf() const;
  void Tell(std::uint64_t bytes) const;
  bool sends_body() const { return reader_.method() != "HEAD" && HasBody(reply_.status); }

  const std::shared_ptr<TimedSocket> socket_;
  std::shared_ptr<Permit> permit_;
  const std::string peer_;
  ConnectionParts& parts_;
  RequestReader reader_;
  int served_ = 0;  // with the one under way
  bool refused_ = false;

  // Of the exchange under way.
  TimedSocket::Time began_, until_;
  Request request_;
  Reply reply_;
  std::string piece_;
  std::string failure_;
};

asio::awaitable<void> Exchanges::Serve() {
  Then then = Then::kNext;
  while (then == Then::kNext) {
    const Came came = co_await ReadRequest();
    if (came == Came::kNothing) break;
    refused_ = came == Came::kRefusal;
    ++served_;
    if (refused_)
      then = co_await SendWhole();
    else
      then = co_await Answer();
  }
  if (then == Then::kLinger)
    co_await socket_->Linger(parts_.scratch, parts_.settings.linger_time,
                             parts_.settings.linger_bytes);
  socket_->Close();
}

// Leaves the request, or the reply that refuses it.
asio::awaitable<Exchanges::Came> Exchanges::ReadRequest() {
  request_ = {};
  reply_ = {};
  failure_.clear();
  SetClock(State::kNothing);
  State before = State::kNothing;
  while (true) {
    const State state = reader_.Read();
    if (before == State::kNothing) began_ = steady_clock::now();
    if (state != before) SetClock(state);
    if (state == State::kWhole) {
      request_ = reader_.Release();
      NoteCaller();
      co_return Came::kRequest;
    }
    if (state == State::kRefused) {
      co_return Refused(reader_.refusal());
    }
    if (state != before && reader_.waits_for_continue()) {
      const bool told = co_await Send(kContinue, {});
      if (!told) co_return Came::kNothing;
    }
    before = state;
    const TimedSocket::Received received = co_await socket_->Receive(
        parts_.scratch, until_,
        state == State::kNothing ? TimedSocket::Wakeable::kYes : TimedSocket::Wakeable::kNo);
    if (received.outcome == TimedSocket::Outcome::kLate) co_return RefuseLate(state);
    if (received.outcome != TimedSocket::Outcome::kCame) co_return Came::kNothing;
    reader_.Add({parts_.scratch.data(), received.bytes});
  }
}

void Exchanges::NoteCaller() {
  request_.peer = peer_;
  request_.through_proxy = parts_.settings.proxies.Has(peer_);
  if (request_.through_proxy) request_.peer = parts_.settings.proxies.CallerOf(request_);
}

void Exchanges::SetClock(State state) {
  const TimedSocket::Time now = steady_clock::now();
  if (state == State::kNothing) until_ = now + parts_.settings.idle_time;
  if (state == State::kHeader) until_ = now + parts_.settings.header_time;
  if (state == State::kBody) until_ = now + parts_.settings.body_time;
}

Exchanges::Came Exchanges::Refused(Reply reply) {
  request_ = reader_.Known();
  NoteCaller();
  reply_ = std::move(reply);
  return Came::kRefusal;
}

Exchanges::Came Exchanges::RefuseLate(State state) {
  if (state == State::kNothing) return Came::kNothing;
  return Refused(
      Refuse(408, state == State::kBody
                      ? "The body of the request did not come in time; send it again faster."
                      : "The headers of the request did not come in time; send them at once."));
}

asio::awaitable<Exchanges::Then> Exchanges::Answer() {
  Admission admission = Admit();
  if (admission.refusal) {
    reply_ = *std::move(admission.refusal);
  } else if (admission.is_at_once) {
    CallHandler();
  } else {
    HandlerPool& pool = *parts_.pools[admission.pool];
    const Turn turn =
        co_await RunOn(pool, HandlerPool::Admission::kQueued, [this] { CallHandler(); });
    if (turn == Turn::kRefused) TurnAway();
  }
  Then then = Then::kOver;
  if (reply_.stream)
    then = co_await HandOver();
  else if (reply_.more)
    then = co_await SendPieces();
  else
    then = co_await SendWhole();
  co_return then;
}

asio::awaitable<Exchanges::Then> Exchanges::SendWhole() {
  const Ending ending = EndingOf();
  const std::string head = HeadFor(Framing::kLength, ending);
  const std::uint64_t before = socket_->sent() + head.size();
  const std::string_view body = sends_body() ? std::string_view(reply_.body) : std::string_view();
  const bool sent = co_await Send(head, body);
  Tell(socket_->sent() - std::min(before, socket_->sent()));
  if (!sent) co_return Then::kOver;
  co_return ending == Ending::kClose ? Then::kLinger : Then::kNext;
}

asio::awaitable<Exchanges::Then> Exchanges::SendPieces() {
  const Framing framing = reader_.is_http_1_0() ? Framing::kClose : Framing::kChunked;
  const Ending ending = framing == Framing::kClose ? Ending::kClose : EndingOf();
  const std::string head = HeadFor(framing, ending);
  std::uint64_t bytes = 0;
  bool goes_on = co_await Send(head, {});
  bool whole = !sends_body();
  while (goes_on && !whole) {
    const Turn turn = co_await RunOn(*parts_.pools.front(), HandlerPool::Admission::kAlways,
                                     [this] { CallForMore(); });
    goes_on = turn == Turn::kTaken && failure_.empty();
    if (!goes_on) break;
    whole = piece_.empty();
    bytes += piece_.size();
    const std::string size =
        framing == Framing::kChunked ? fmt::format("{:x}\r\n", piece_.size()) : std::string();
    if (framing == Framing::kChunked) piece_ += "\r\n";
    goes_on = co_await Send(size, piece_);
  }
  Tell(bytes);
  if (!goes_on) {
    // So that nobody takes a part for the whole.
    socket_->Cut();
    co_return Then::kOver;
  }
  co_return ending == Ending::kClose ? Then::kLinger : Then::kNext;
}

asio::awaitable<Exchanges::Then> Exchanges::HandOver() {
  const std::string head = HeadFor(Framing::kClose, Ending::kClose);
  const bool sent = co_await Send(head, {});
  Tell(0);
  if (!sent) co_return Then::kOver;
  if (!sends_body()) co_return Then::kLinger;
  const int socket = socket_->Release();
  if (socket >= 0) {
    parts_.streams.Add(socket, *std::move(reply_.stream),
                       [place = std::move(permit_)]() mutable { place.reset(); });
  }
  co_return Then::kOver;
}

std::string Exchanges::HeadFor(Framing framing, Ending ending) {
  if (parts_.settings.finish) parts_.settings.finish(request_, reply_);
  return HeadOf(reply_, framing, ending);
}

// What is not taken in time is cut off: the kernel would try on.
asio::awaitable<bool> Exchanges::Send(std::string_view head, std::string_view body) {
  const bool sent = co_await socket_->Send(head, body, parts_.settings.write_time);
  if (!sent) socket_->Cut();
  co_return sent;
}

Admission Exchanges::Admit() const {
  return parts_.settings.admit ? parts_.settings.admit(request_) : Admission{};
}

void Exchanges::TurnAway() {
  if (parts_.settings.turned_away) parts_.settings.turned_away(request_);
  reply_ = Busy();
}

void Exchanges::CallHandler() {
  failure_ = WhyItThrew([this] {
    reply_ = parts_.handler(request_);
    Encode(request_, reply_);
  });
  if (failure_.empty())
    failure_ = std::move(reply_.failure);
  else
    reply_ = Refuse(500, "Something went wrong on the server; try again, or tell whoever runs it.");
}

void Exchanges::CallForMore() {
  std::string broken;
  failure_ = WhyItThrew([this, &broken] {
    auto piece = reply_.more();
    if (piece)
      piece_ = *std::move(piece);
    else
      broken = std::move(piece).error().message;
  });
  if (failure_.empty()) failure_ = std::move(broken);
}

Ending Exchanges::EndingOf() const {
  if (refused_ || parts_.stopping || served_ >= parts_.settings.requests_a_connection ||
      !reader_.keeps_alive())
    return Ending::kClose;
  return reader_.is_http_1_0() ? Ending::kKeepAliveSaid : Ending::kKeepAlive;
}

void Exchanges::Tell(std::uint64_t bytes) const {
  if (!parts_.observer) return;
  parts_.observer(
      {.method = reader_.method(),
       .path = reader_.path(),
       .status = reply_.status,
       .bytes = bytes,
       .took = std::chrono::duration_cast<std::chrono::microseconds>(steady_clock::now() - began_),
       .peer = request_.peer,
       .failure = failure_});
}

}  // namespace

asio::awaitable<void> ServeConnection(std::shared_ptr<TimedSocket> socket,
                                      std::shared_ptr<Permit> permit, std::string peer,
                                      ConnectionParts& parts) {
  Exchanges exchanges(std::move(socket), std::move(permit), std::move(peer), parts);
  co_await exchanges.Serve();
}

}  // namespace rolecall
