// Serves HTTP/1.1: connections, limits and timeouts by coroutines on one thread, handlers as plain
// functions on a bounded pool.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "base/error.h"
#include "http/listening_socket.h"
#include "http/message.h"
#include "http/proxies.h"
#include "streams/streams.h"

namespace rolecall {

struct PoolSettings {
  std::size_t threads = 1;
  std::size_t queue = 128;  // requests that wait for one of them; a further one is 503
  int nice = 0;             // how far they stand behind others for the processor
};

struct Admission {
  std::size_t pool = 0;            // 0: that of `handlers`, else the n-th of `more_pools`
  std::optional<Reply> refusal{};  // where it is set, the request gets no turn
  // Its handler is quick and waits for nobody: called on the thread that serves all connections.
  bool is_at_once = false;
};

struct ServerSettings {
  std::size_t handlers = 8;  // threads of the pool
  std::size_t queue = 128;   // requests that wait for one; a further one is 503 with Retry-After
  std::size_t body_limit = 1 << 20;
  std::size_t header_limit = 16'384;
  std::chrono::milliseconds header_time{
      10'000};  // for a header to come, counted from its first byte
  std::chrono::milliseconds body_time{30'000};
  std::chrono::milliseconds idle_time{60'000};   // between requests
  std::chrono::milliseconds write_time{30'000};  // for a reply to be taken, between signs of life
  // After the last reply of a connection, what the other end still sends is read for so long and so
  // much, since a reset could destroy the reply on its way.
  std::chrono::milliseconds linger_time{2'000};
  std::size_t linger_bytes = 8 << 20;
  int requests_a_connection = 1'000;
  std::size_t connections = 16'384;            // in all, streams with them
  std::size_t connections_an_address = 1'024;  // loopback and proxies excepted
  Proxies proxies{};        // in front of this: they pass on the requests of others
  std::string base_path{};  // "/rolecall": taken off the paths that it begins; empty: none
  // More pools beside that of `handlers`, for requests that must not wait for others, or for which
  // no others are to wait.
  std::vector<PoolSettings> more_pools{};
  // What becomes of a request that is here whole, before it is queued. Called on the thread that
  // serves all connections: quick, and without exceptions. Empty: all go to the first pool.
  std::function<Admission(const Request&)> admit{};
  // Told of a request whose pool was full. Called as `admit` is.
  std::function<void(const Request&)> turned_away{};
  // Adds to each reply before its head is sent, refusals included: given the request as far as it
  // is known, which of a refused one is what could be read of its head, and of a connection too
  // many its peer alone. Called as `admit` is. Empty: nothing is added.
  std::function<void(const Request&, Reply&)> finish{};
};

// What an access line and a metric need of one exchange.
struct Exchange {
  std::string
      method{};        // as it was sent; "" where no request line came, as of a connection too many
  std::string path{};  // without the query
  int status = 0;
  std::uint64_t bytes = 0;            // of the body as it was sent
  std::chrono::microseconds took{0};  // from the first byte of the request to the last of the reply
  std::string peer{};
  // Where the handler failed or threw, or a body broke off: why. Nothing that the other end is
  // told.
  std::string failure{};
};

class HttpServer {
 public:
  // On the pool, but for what is answered at once.
  using Handler = std::function<Reply(const Request&)>;
  // Once an exchange, refusals included, on the thread that serves all connections: quick, without
  // I/O that could wait, and without exceptions. May be empty.
  using Observer = std::function<void(const Exchange&)>;

  // Serves who connects to `socket`, and who did before. kUnavailable where the system does not let
  // it. `streams` outlives this.
  static Result<std::unique_ptr<HttpServer>> Start(ListeningSocket socket, ServerSettings settings,
                                                   Handler handler, Observer observer,
                                                   Streams& streams);
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;
  // Stops at once, but for handlers that run: their end is waited for.
  ~HttpServer();

  // Where it listens, as its socket told.
  const std::string& address() const;
  int port() const;
  // That are open, streams with them. Safe to call from several threads.
  std::size_t connections() const;

  // Takes no new connection and no further request, and returns once those under way have ended;
  // after `most` it cuts the others. Streams are the caller's to drain. Not from a handler.
  void Stop(std::chrono::milliseconds most);

 private:
  class Impl;
  explicit HttpServer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace rolecall
