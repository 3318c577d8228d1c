// The exchanges on one connection, from the first byte to its end.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <memory>
#include <span>
#include <string>

#include "http/handler_pool.h"
#include "http/occupancy.h"
#include "http/server.h"
#include "http/timed_socket.h"

namespace rolecall {

// What the connections of a server share; outlives them. Of the thread that runs them, but for what
// the pools call.
struct ConnectionParts {
  const ServerSettings& settings;
  const HttpServer::Handler& handler;
  const HttpServer::Observer& observer;
  std::span<const std::unique_ptr<HandlerPool>> pools;  // the first for handlers' further parts
  Streams& streams;
  std::span<char> scratch;  // each read goes through it
  bool stopping = false;    // no further requests: each reply ends its connection
};

// Serves `socket`, for which `permit` was taken, until one side ends it, or hands it to the
// streams.
boost::asio::awaitable<void> ServeConnection(std::shared_ptr<TimedSocket> socket,
                                             std::shared_ptr<Permit> permit, std::string peer,
                                             ConnectionParts& parts);

}  // namespace rolecall
