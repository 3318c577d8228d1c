// A database that answers late, or by another clock.
#include <gmock/gmock.h>

#include <csignal>

#include "store/runs/runs.h"
#include "tests/support/program.h"

namespace rolecall {
namespace {

using std::chrono::seconds;
using testing::ContainsRegex;
using testing::HasSubstr;

class LateDatabase : public Rolecall {};

TEST_P(LateDatabase, ThatAnswersAfterThirtySecondsIsWaitedForAndTold) {
  Simulate(20, 20, std::chrono::milliseconds(20));
  FollowAllIn(database(), kUser);
  const auto run = Start({"run"});
  ASSERT_TRUE(run->SaysOnStderr("UPSERT"));
  {
    auto tx = database().Write();  // which is all that it takes to stop SQLite
    ASSERT_TRUE(tx) << tx.error().message;
    if (GetParam() == Dialect::kPostgres) {
      ASSERT_TRUE((*tx)->RunScript("LOCK TABLE run_companies IN ACCESS EXCLUSIVE MODE"));
    }
    ASSERT_TRUE(run->ReadFor(seconds(31)));
  }

  const Finished ended = run->Wait();

  EXPECT_EQ(ended.code, 0) << ended.err;
  const std::string log = Do({"logs", "1"}).out;
  EXPECT_THAT(log, HasSubstr("RUN finished: 400 jobs (400 new"));
  EXPECT_THAT(log, testing::AnyOf(ContainsRegex("the database took [23][0-9] s"),
                                  HasSubstr("waiting for the database: ")));
  EXPECT_EQ(Json({"jobs"}).at("total").as_int64(), 400);
}

ROLECALL_ON_BOTH_DATABASES(LateDatabase);

class OtherClock : public Rolecall {
 protected:
  // From now on the database is an hour behind this machine.
  void SetBack() {
    auto tx = database().Write();
    ASSERT_TRUE(tx) << tx.error().message;
    const auto set = (*tx)->RunScript(
        "CREATE SCHEMA skew;"
        "CREATE FUNCTION skew.clock_timestamp() RETURNS timestamptz LANGUAGE sql AS "
        "'SELECT pg_catalog.clock_timestamp() - interval ''1 hour''';"
        "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET search_path = skew, pg_catalog, public',"
        "current_database()); END $$");
    ASSERT_TRUE(set) << set.error().message;
    ASSERT_TRUE(tx->Commit());
  }
};

TEST_P(OtherClock, OfAWorkerThatIsAnHourAheadIsToldAndHarmsNothing) {
  Simulate(4, 10);
  FollowAllIn(database(), kUser);
  SetBack();
  const auto first = Start({"run", "--ingestion", "mock", "--mock-wait", "10m"});
  ASSERT_TRUE(first->SaysOnStderr("MOCK: waiting"));
  first->Signal(SIGKILL);
  first->Wait();

  const Finished second = Do({"run", "--mock-wait", "0"});

  EXPECT_EQ(second.code, 0) << second.err;
  EXPECT_THAT(second.err, HasSubstr("run 1 was left by its worker"));
  EXPECT_THAT(second.err,
              ContainsRegex("this machine's clock is 3(599|600|601) s ahead of the database's"));
  const auto run = LoadRun(**database().Reader(), kUser, 1);
  ASSERT_TRUE(run);
  EXPECT_EQ(run->status, RunStatus::kFinished);
  EXPECT_EQ(run->totals.ready, 40);
  const auto off = SystemNow() - *run->finished_at;
  EXPECT_GT(off, std::chrono::minutes(59)) << "every time is the database's";
  EXPECT_LT(off, std::chrono::minutes(61));
}

INSTANTIATE_TEST_SUITE_P(Own, OtherClock, testing::Values(Dialect::kPostgres), DialectName);

}  // namespace
}  // namespace rolecall
