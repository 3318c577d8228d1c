// Connections that are lent and come back, handed out in order of asking.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "base/error.h"
#include "db/db.h"

namespace rolecall {

// Safe to use from several threads. Must outlive every handle that it lends.
class ConnectionPool {
 public:
  using Open = std::function<Result<std::unique_ptr<Connection>>()>;
  using IsSound = std::function<bool(Connection&)>;

  // Opens a connection when one is first needed, at most `most`. `is_sound` is asked when one comes
  // back and before it is lent again, as a server that restarts breaks those that lie idle: what it
  // refuses is dropped. `patience`: how long Take waits.
  ConnectionPool(std::size_t most, Open open, IsSound is_sound,
                 std::chrono::milliseconds patience = std::chrono::seconds(10))
      : most_(most), open_(std::move(open)), is_sound_(std::move(is_sound)), patience_(patience) {}

  // Waits for a connection to come back while all are out; kUnavailable where none does in time, or
  // what opening one says.
  Result<ConnectionHandle> Take();

 private:
  bool AwaitTurn();
  std::unique_ptr<Connection> TakeIdle();
  void GiveBack(Connection* connection);

  const std::size_t most_;
  const Open open_;
  const IsSound is_sound_;
  const std::chrono::milliseconds patience_;
  std::mutex mutex_;
  std::condition_variable came_back_;
  std::vector<std::unique_ptr<Connection>> idle_;
  std::size_t lent_ = 0;
  std::deque<std::uint64_t> waiting_;  // tickets in order of asking
  std::uint64_t next_ticket_ = 0;
};

}  // namespace rolecall
