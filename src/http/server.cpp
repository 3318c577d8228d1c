// The HTTP server. One io_context on one thread: it accepts, and it runs a coroutine for each
// connection.
#include "http/server.h"

#include <fmt/format.h>

#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <condition_variable>
#include <future>
#include <mutex>
#include <optional>
#include <thread>
#include <tuple>
#include <unordered_set>
#include <utility>

#include "http/awaited.h"
#include "http/connection.h"
#include "http/reply_head.h"

namespace rolecall {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

constexpr std::chrono::milliseconds kPauseOfAccepting{50};  // where the process has no socket left
constexpr std::size_t kScratch = 65'536;

// IPv4 over an IPv6 socket as IPv4.
std::string AddressOf(const tcp::socket& socket) {
  error_code failure;
  const asio::ip::address address = socket.remote_endpoint(failure).address();
  if (failure) return {};
  if (address.is_v6() && address.to_v6().is_v4_mapped())
    return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()).to_string();
  return address.to_string();
}

// Threads are woken behind the requests that are here already.
std::vector<std::unique_ptr<HandlerPool>> PoolsOf(const ServerSettings& settings,
                                                  asio::io_context& io) {
  const HandlerPool::Later later = [&io](std::function<void()> wake) {
    asio::post(io, std::move(wake));
  };
  std::vector<std::unique_ptr<HandlerPool>> pools;
  pools.push_back(std::make_unique<HandlerPool>(settings.handlers, settings.queue, 0, later));
  for (const PoolSettings& more : settings.more_pools)
    pools.push_back(std::make_unique<HandlerPool>(more.threads, more.queue, more.nice, later));
  return pools;
}

}  // namespace

class HttpServer::Impl {
 public:
  Impl(ServerSettings settings, Handler handler, Observer observer, Streams& streams)
      : settings_(std::move(settings)),
        handler_(std::move(handler)),
        observer_(std::move(observer)),
        occupancy_(settings_.connections, settings_.connections_an_address, settings_.proxies),
        pools_(PoolsOf(settings_, io_)),
        parts_{.settings = settings_,
               .handler = handler_,
               .observer = observer_,
               .pools = pools_,
               .streams = streams,
               .scratch = scratch_} {}
  ~Impl();

  Result<void> Take(ListeningSocket socket);
  void Run();
  void Stop(std::chrono::milliseconds most);
  const std::string& address() const { return address_; }
  int port() const { return port_; }
  std::size_t connections() const { return occupancy_.count(); }

 private:
  asio::awaitable<void> Accept();
  void Admit(tcp::socket socket);
  void TurnAway(tcp::socket socket, std::string peer);
  void Gone(const std::shared_ptr<TimedSocket>& timed);
  void BeginToStop();
  void CutAll();

  const ServerSettings settings_;
  const Handler handler_;
  const Observer observer_;
  Occupancy occupancy_;
  std::array<char, kScratch> scratch_{};
  asio::io_context io_{1};
  std::optional<asio::executor_work_guard<asio::io_context::executor_type>> work_{
      asio::make_work_guard(io_)};
  tcp::acceptor acceptor_{io_};
  asio::steady_timer pause_{io_};
  std::vector<std::unique_ptr<HandlerPool>> pools_;
  ConnectionParts parts_;
  std::string address_;
  int port_ = 0;
  std::thread thread_;

  std::unordered_set<std::shared_ptr<TimedSocket>> sockets_;  // of the server's thread
  std::mutex mutex_;
  std::condition_variable ended_;
  std::size_t open_ = 0;  // as many as there are sockets
};

// A machine that has no memory to queue this has none to end in order either.
// NOLINTNEXTLINE(bugprone-exception-escape)
HttpServer::Impl::~Impl() {
  if (!thread_.joinable()) return;
  asio::post(io_, [this] {
    BeginToStop();
    CutAll();
  });
  for (const auto& pool : pools_) pool->Stop();
  work_.reset();
  thread_.join();
}

Result<void> HttpServer::Impl::Take(ListeningSocket socket) {
  error_code failure;
  std::ignore = acceptor_.assign(socket.is_v6() ? tcp::v6() : tcp::v4(), socket.number(), failure);
  if (failure)
    return Fail(Errc::kUnavailable,
                fmt::format("cannot accept connections at {}:{}: {}", socket.address(),
                            socket.port(), failure.message()));
  address_ = socket.address();
  port_ = socket.port();
  std::ignore = socket.Release();
  return {};
}

void HttpServer::Impl::Run() {
  asio::co_spawn(io_, Accept(), asio::detached);
  thread_ = std::thread([this] { io_.run(); });
}

asio::awaitable<void> HttpServer::Impl::Accept() {
  while (!parts_.stopping) {
    auto [failure, socket] = co_await acceptor_.async_accept(kAsTuple);
    if (parts_.stopping) break;
    if (!failure) {
      Admit(std::move(socket));
      continue;
    }
    pause_.expires_after(kPauseOfAccepting);
    co_await pause_.async_wait(kAsTuple);
  }
}

void HttpServer::Impl::Admit(tcp::socket socket) {
  std::string peer = AddressOf(socket);
  auto permit = occupancy_.Take(peer);
  if (permit == nullptr) return TurnAway(std::move(socket), std::move(peer));
  auto timed = std::make_shared<TimedSocket>(std::move(socket));
  sockets_.insert(timed);
  {
    std::scoped_lock lock(mutex_);
    open_ = sockets_.size();
  }
  asio::co_spawn(io_, ServeConnection(timed, std::move(permit), std::move(peer), parts_),
                 [this, timed](const std::exception_ptr&) { Gone(timed); });
}

// As far as that goes without waiting: who is too many gets no coroutine.
void HttpServer::Impl::TurnAway(tcp::socket socket, std::string peer) {
  Reply reply = Refuse(503, "Too many connections are open; close some, or try again later.");
  if (settings_.finish) settings_.finish({.peer = peer}, reply);
  const std::string bytes = HeadOf(reply, Framing::kLength, Ending::kClose) + reply.body;
  error_code ignored;
  std::ignore = socket.non_blocking(true, ignored);
  socket.write_some(asio::buffer(bytes), ignored);
  std::ignore = socket.shutdown(tcp::socket::shutdown_send, ignored);
  socket.read_some(asio::buffer(scratch_), ignored);
  if (observer_)
    observer_({.status = reply.status, .bytes = reply.body.size(), .peer = std::move(peer)});
}

void HttpServer::Impl::Gone(const std::shared_ptr<TimedSocket>& timed) {
  timed->Close();
  sockets_.erase(timed);
  std::scoped_lock lock(mutex_);
  open_ = sockets_.size();
  ended_.notify_all();
}

void HttpServer::Impl::BeginToStop() {
  parts_.stopping = true;
  error_code ignored;
  std::ignore = acceptor_.close(ignored);
  pause_.cancel();
  for (const auto& timed : sockets_) timed->Wake();
}

void HttpServer::Impl::CutAll() {
  for (const auto& timed : sockets_) timed->Cut();
}

void HttpServer::Impl::Stop(std::chrono::milliseconds most) {
  const auto until = std::chrono::steady_clock::now() + most;
  std::promise<void> begun;
  asio::post(io_, [&] {
    BeginToStop();
    begun.set_value();
  });
  begun.get_future().wait();
  {
    std::unique_lock lock(mutex_);
    if (ended_.wait_until(lock, until, [this] { return open_ == 0; })) return;
  }
  asio::post(io_, [this] { CutAll(); });
}

Result<std::unique_ptr<HttpServer>> HttpServer::Start(ListeningSocket socket,
                                                      ServerSettings settings, Handler handler,
                                                      Observer observer, Streams& streams) {
  auto impl =
      std::make_unique<Impl>(std::move(settings), std::move(handler), std::move(observer), streams);
  CHECK_OK(impl->Take(std::move(socket)));
  impl->Run();
  return std::unique_ptr<HttpServer>(new HttpServer(std::move(impl)));
}

HttpServer::HttpServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
HttpServer::~HttpServer() = default;
const std::string& HttpServer::address() const { return impl_->address(); }
int HttpServer::port() const { return impl_->port(); }
std::size_t HttpServer::connections() const { return impl_->connections(); }
void HttpServer::Stop(std::chrono::milliseconds most) { impl_->Stop(most); }

}  // namespace rolecall
