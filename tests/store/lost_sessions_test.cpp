// Sessions that the server ended, as it does when it restarts.
#include <gmock/gmock.h>

#include <future>

#include "tests/store/board_rig.h"

namespace rolecall {
namespace {

class LostSessions : public BothDatabases {
 protected:
  void EndSessions(int count) {
    const auto other = Needed(OpenDatabase(test_database().url()));
    const auto ended = Needed(Needed(other->Reader())
                                  ->Run("SELECT pg_terminate_backend(pid, 10000) "
                                        "FROM pg_stat_activity WHERE datname = current_database() "
                                        "AND backend_type = 'client backend' "
                                        "AND pid <> pg_backend_pid()"));
    ASSERT_EQ(ended, count);
  }

  void LoseIdleSessions(int count) {
    std::vector<ConnectionHandle> lent;
    for (int i = 0; i < count; ++i) lent.push_back(Needed(database().Reader()));
    lent.clear();
    EndSessions(count);
  }

  static Result<std::int64_t> CountBoards(Connection& db) {
    TRY(const auto count,
        QueryOne(db, "SELECT count(*) FROM boards", {}, [](const Row& row) { return row.Int(0); }));
    return count.value_or(-1);
  }

  Result<std::int64_t> Read() {
    TRY(auto db, database().Reader());
    return CountBoards(*db);
  }

  Result<void> Write() {
    TRY(auto tx, database().Write());
    CHECK_OK(FindOrAddBoard(tx, "greenhouse", "acme"));
    return tx.Commit();
  }
};

TEST_P(LostSessions, AreNotWhatADeadlockIs) {
  const auto take = [](Transaction& tx, std::string_view token) {
    return tx->Run("UPDATE boards SET listed = 1 WHERE token = :token", {{"token", token}});
  };
  {
    auto tx = Needed(database().Write());
    Needed(FindOrAddBoard(tx, "greenhouse", "a"));
    Needed(FindOrAddBoard(tx, "greenhouse", "b"));
    Needed(tx.Commit());
  }
  auto first = Needed(database().Write()), second = Needed(database().Write());
  Needed(take(first, "a"));
  Needed(take(second, "b"));

  auto crossing = std::async(std::launch::async, [&] { return take(first, "b"); });
  const auto crossed = take(second, "a");
  const auto waited = crossing.get();

  const auto& failed = crossed ? waited : crossed;
  ASSERT_FALSE(failed) << "two that wait for each other";
  EXPECT_EQ(failed.error().code, Errc::kUnavailable);
  EXPECT_TRUE(failed.error().contended);
}

TEST_P(LostSessions, CostNoReadWhileTheyLayIdle) {
  LoseIdleSessions(3);

  EXPECT_EQ(Needed(Read()), 0);
}

TEST_P(LostSessions, CostNoWriteWhileTheyLayIdle) {
  LoseIdleSessions(3);

  Needed(Write());

  EXPECT_EQ(Needed(Read()), 1);
}

TEST_P(LostSessions, CostWhatWasUnderWayAndNothingAfterIt) {
  {
    auto tx = Needed(database().Write());
    Needed(FindOrAddBoard(tx, "greenhouse", "lost"));
    EndSessions(1);

    const auto refused = CountBoards(tx.db());

    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Errc::kUnavailable);
    EXPECT_THAT(refused.error().message, testing::HasSubstr("went away"));
  }

  Needed(Write());
  EXPECT_EQ(Needed(Read()), 1);
}

INSTANTIATE_TEST_SUITE_P(Server, LostSessions, testing::Values(Dialect::kPostgres), DialectName);

}  // namespace
}  // namespace rolecall
