// Lends connections. A ticket for each who asks, so that nobody starves while writers come and go.
#include "db/connection_pool.h"

namespace rolecall {

// False where no connection came back in time.
bool ConnectionPool::AwaitTurn() {
  bool taken = false;
  {
    std::unique_lock lock(mutex_);
    const std::uint64_t ticket = next_ticket_++;
    waiting_.push_back(ticket);
    taken = came_back_.wait_for(lock, patience_,
                                [&] { return ticket == waiting_.front() && lent_ < most_; });
    std::erase(waiting_, ticket);
    if (taken) ++lent_;
  }
  // Whoever is next in line may be served now, also where this one gave up.
  came_back_.notify_all();
  return taken;
}

Result<ConnectionHandle> ConnectionPool::Take() {
  if (!AwaitTurn()) return Fail(Errc::kUnavailable, "all connections to the database are in use");
  std::unique_ptr<Connection> connection = TakeIdle();
  if (connection == nullptr) {
    auto opened = open_();
    if (!opened) {
      {
        std::scoped_lock lock(mutex_);
        --lent_;
      }
      came_back_.notify_all();
      return std::unexpected(std::move(opened).error());
    }
    connection = *std::move(opened);
  }
  return ConnectionHandle(connection.release(), [this](Connection* back) { GiveBack(back); });
}

// Null where none is left. Asked and closed without the lock.
std::unique_ptr<Connection> ConnectionPool::TakeIdle() {
  while (true) {
    std::unique_ptr<Connection> connection;
    {
      std::scoped_lock lock(mutex_);
      if (idle_.empty()) return nullptr;
      connection = std::move(idle_.back());
      idle_.pop_back();
    }
    if (is_sound_(*connection)) return connection;
  }
}

void ConnectionPool::GiveBack(Connection* connection) {
  std::unique_ptr<Connection> owned(connection);
  if (!is_sound_(*owned)) owned.reset();
  {
    std::scoped_lock lock(mutex_);
    --lent_;
    if (owned) idle_.push_back(std::move(owned));
  }
  came_back_.notify_all();
}

}  // namespace rolecall
