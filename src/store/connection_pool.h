// Connections that are lent and come back, handed out in order of asking.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "base/error.h"
#include "store/db.h"

namespace rolecall {

// Safe to use from several threads. Must outlive every handle that it lends.
class ConnectionPool {
 public:
  using Open = std::function<Result<std::unique_ptr<Connection>>()>;
  using IsSound = std::function<bool(Connection&)>;

  // Opens a connection when one is first needed, at most `most`. `is_sound` is asked when one comes
  // back and before it is lent again, as a server that restarts breaks those that lie idle: what it
  // refuses is dropped.
  ConnectionPool(std::size_t most, Open open, IsSound is_sound)
      : most_(most), open_(std::move(open)), is_sound_(std::move(is_sound)) {}

  // Waits for a connection to come back while all are out.
  Result<ConnectionHandle> Take();

 private:
  std::unique_ptr<Connection> TakeIdle();
  void GiveBack(Connection* connection);

  const std::size_t most_;
  const Open open_;
  const IsSound is_sound_;
  std::mutex mutex_;
  std::condition_variable came_back_;
  std::vector<std::unique_ptr<Connection>> idle_;
  std::size_t lent_ = 0;
  std::uint64_t next_ticket_ = 0;
  std::uint64_t served_ = 0;
};

}  // namespace rolecall
