// Connections that are lent while others wait.
#include "db/connection_pool.h"

#include <gtest/gtest.h>

#include <future>
#include <optional>

namespace rolecall {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;

// What a pool lends; nothing asks it anything.
class Unasked : public Connection {
 public:
  Result<std::int64_t> Run(Sql, const Binds&) override { return 0; }
  Result<std::int64_t> Each(Sql, const Binds&, const RowReader&) override { return 0; }
  Result<void> RunScript(Sql) override { return {}; }
  Result<void> InsertMany(Sql, Sql, const Table&) override { return {}; }
  Result<std::int64_t> ReserveIds(Sql, std::int64_t) override { return 0; }
  Result<void> Notify(Sql, std::string_view) override { return {}; }
  Result<Timestamp> DatabaseNow() override { return Timestamp(); }

 protected:
  Result<void> Begin() override { return {}; }
  Result<void> Commit() override { return {}; }
  void Rollback() override {}
};

class PoolOfOne {
 public:
  explicit PoolOfOne(milliseconds patience)
      : pool_(
            1, [] { return std::make_unique<Unasked>(); }, [](Connection&) { return true; },
            patience) {}
  Result<ConnectionHandle> Take() { return pool_.Take(); }

 private:
  ConnectionPool pool_;
};

TEST(ConnectionPool, RefusesWhoeverWaitsTooLong) {
  PoolOfOne pool(milliseconds(1));
  const auto lent = pool.Take();

  const auto refused = pool.Take();

  ASSERT_TRUE(lent);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::kUnavailable);
  EXPECT_EQ(refused.error().message, "all connections to the database are in use");
}

TEST(ConnectionPool, ServesOthersAfterOneGaveUp) {
  PoolOfOne pool(milliseconds(1));
  std::optional<ConnectionHandle> lent = pool.Take().value();
  EXPECT_FALSE(pool.Take());

  lent.reset();

  EXPECT_TRUE(pool.Take());
}

TEST(ConnectionPool, LendsWhatComesBackToWhoeverWaits) {
  PoolOfOne pool(hours(1));
  std::optional<ConnectionHandle> lent = pool.Take().value();
  auto waiting = std::async(std::launch::async, [&] { return pool.Take().has_value(); });

  lent.reset();

  EXPECT_TRUE(waiting.get());
}

}  // namespace
}  // namespace rolecall
