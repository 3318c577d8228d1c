// Statements that PostgreSQL was told to keep planned, and what may become of such plans.
#include <gmock/gmock.h>

#include "tests/store/board_rig.h"

namespace rolecall {
namespace {

class KeptPlans : public BothDatabases {
 protected:
  static Result<std::string> TokenOf(Connection& db, std::optional<std::int64_t> id) {
    TRY(const auto token, QueryOne(db, "SELECT token FROM boards WHERE id = coalesce(:id, 1)",
                                   {{"id", id}}, [](const Row& row) { return row.String(0); }));
    return token.value_or("none");
  }

  static std::int64_t PlansOf(Connection& db) {
    return *Needed(QueryOne(db,
                            "SELECT count(*) FROM pg_prepared_statements "
                            "WHERE statement LIKE 'SELECT token FROM boards%'",
                            {}, [](const Row& row) { return row.Int(0); }));
  }

  void SetUp() override {
    BothDatabases::SetUp();
    if (IsSkipped()) return;
    auto tx = Needed(database().Write());
    Needed(FindOrAddBoard(tx, "greenhouse", "one"));
    Needed(FindOrAddBoard(tx, "greenhouse", "two"));
    Needed(tx.Commit());
    db_ = Needed(database().Reader());
  }

  Connection& db() { return *db_; }

 private:
  ConnectionHandle db_;
};

TEST_P(KeptPlans, AreMadeForWhatIsAskedAgain) {
  Needed(TokenOf(db(), 1));
  const std::int64_t after_one = PlansOf(db());
  Needed(TokenOf(db(), 2));
  Needed(TokenOf(db(), 1));

  EXPECT_EQ(after_one, 0);
  EXPECT_EQ(PlansOf(db()), 1);
}

TEST_P(KeptPlans, AnswerEachTimeWithTheValuesOfThatTime) {
  for (int time = 0; time < 150; ++time) {
    EXPECT_EQ(Needed(TokenOf(db(), 1)), "one");
    EXPECT_EQ(Needed(TokenOf(db(), 2)), "two");
    EXPECT_EQ(Needed(TokenOf(db(), 3)), "none");
  }

  EXPECT_LE(PlansOf(db()), 1);
}

TEST_P(KeptPlans, AreOnesForNothingAndForANumber) {
  for (int time = 0; time < 5; ++time) {
    EXPECT_EQ(Needed(TokenOf(db(), std::nullopt)), "one");
    EXPECT_EQ(Needed(TokenOf(db(), 2)), "two");
  }
}

TEST_P(KeptPlans, AreNotMadeOfManyRows) {
  const auto count = [&](int rows) {
    Table table(1);
    for (int row = 0; row < rows; ++row) table.Int(row);
    return *Needed(QueryOne(db(), "SELECT count(*) FROM {rows_of many: id bigint}",
                            {{"many", table}}, [](const Row& row) { return row.Int(0); }));
  };
  const auto plans = [&] {
    return *Needed(QueryOne(db(),
                            "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE "
                            "'SELECT count(*) FROM unnest%'",
                            {}, [](const Row& row) { return row.Int(0); }));
  };
  for (int time = 0; time < 5; ++time) EXPECT_EQ(count(5'000), 5'000);
  const std::int64_t of_many = plans();
  for (int time = 0; time < 5; ++time) EXPECT_EQ(count(time), time);

  EXPECT_EQ(of_many, 0);
  EXPECT_EQ(plans(), 1);
}

TEST_P(KeptPlans, CostOneRefusalWhenTheServerLosesThem) {
  for (int time = 0; time < 3; ++time) Needed(TokenOf(db(), 1));
  Needed(db().Run("DEALLOCATE ALL"));

  const auto refused = TokenOf(db(), 1);

  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::kUnavailable);
  for (int time = 0; time < 3; ++time) EXPECT_EQ(Needed(TokenOf(db(), 2)), "two");
}

TEST_P(KeptPlans, CostOneRefusalWhenAColumnBecomesOfAnotherType) {
  for (int time = 0; time < 3; ++time) Needed(TokenOf(db(), 1));
  Needed(Needed(database().Reader())->RunScript("ALTER TABLE boards ALTER token TYPE varchar(99)"));

  const auto refused = TokenOf(db(), 1);

  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::kUnavailable);
  for (int time = 0; time < 3; ++time) EXPECT_EQ(Needed(TokenOf(db(), 2)), "two");
}

INSTANTIATE_TEST_SUITE_P(Server, KeptPlans, testing::Values(Dialect::kPostgres), DialectName);

}  // namespace
}  // namespace rolecall
