// Companies that wait for their vendors: which, until when, and what they are told to wait for.
#include "run/waits_of_run.h"

#include <gtest/gtest.h>

#include "boards/board.h"
#include "store/boards/boards.h"
#include "store/boards/pacing.h"
#include "store/runs/claims.h"
#include "tests/support/databases.h"
#include "tests/support/registry.h"

namespace rolecall {
namespace {

using std::chrono::seconds;

const Wait kWait{kTestNow + seconds(30), "asked us to wait (429, Retry-After)"};

class WaitsOfRun : public BothDatabases {
 protected:
  void SetUp() override {
    BothDatabases::SetUp();
    if (IsSkipped()) return;
    Start(Ingestion::kCrawl);
  }
  void Start(Ingestion ingestion) {
    Write([&](Transaction& tx) -> Result<void> {
      for (const auto& [name, kind] :
           {std::pair("acme", "greenhouse"), {"apex", "greenhouse"}, {"bell", "workday"}}) {
        TRY(const auto board, FindOrAddBoard(tx, kind, name));
        CHECK_OK(Follow(tx, {kUser, name}, board, kTestNow));
      }
      TRY(const auto followed, LoadFollowings(tx.db(), kUser));
      TRY(run_, AddRun(tx,
                       {.run_key = std::string(Name(ingestion)),
                        .user_id = kUser,
                        .trigger = "cli",
                        .ingestion = ingestion},
                       followed, kTestNow));
      return {};
    });
  }
  void Write(const std::function<Result<void>(Transaction&)>& change) {
    auto tx = database().Write();
    ASSERT_TRUE(tx);
    const auto done = change(*tx);
    ASSERT_TRUE(done) << done.error().message;
    ASSERT_TRUE(tx->Commit());
  }
  // Its pace must have been written.
  void HoldBack(const std::string& kind, const Wait& wait = kWait) {
    Write([&](Transaction& tx) -> Result<void> {
      const std::string key = BuiltInRegistry()->PacingKeyOf(kind);
      CHECK_OK(ChangePace(tx, key, [&](Pace<Timestamp>& pace) { pace.Hold(wait.until); }));
      return NoteWait(tx, key, wait);
    });
  }
  void Move(std::string_view company, CompanyMove move) {
    Write([&](Transaction& tx) -> Result<void> {
      CHECK_OK(MoveCompany(tx, {run_, company}, move, kTestNow));
      return {};
    });
  }
  RunRecord Run(Timestamp now = kTestNow) {
    const auto db = database().Reader();
    RunRecord run = LoadRun(**db, kUser, run_).value();
    EXPECT_TRUE(NoteWaits(**db, *BuiltInRegistry(), run, now));
    return run;
  }
  // Of acme, apex and bell.
  std::vector<bool> Waits(Timestamp now = kTestNow) {
    std::vector<bool> waits;
    for (const CompanyOfRun& one : Run(now).companies) waits.push_back(one.wait.has_value());
    return waits;
  }

  using All = std::vector<bool>;
  std::int64_t run_ = 0;
};

TEST_P(WaitsOfRun, AreThoseOfTheVendorThatIsHeldBack) {
  EXPECT_EQ(Waits(), (All{false, false, false}));
  EXPECT_EQ(FirstWaitOver(Run()), std::nullopt);

  HoldBack("greenhouse");

  EXPECT_EQ(Waits(), (All{true, true, false}));
  EXPECT_EQ(Run().companies.at(0).wait,
            (Wait{kWait.until, "greenhouse asked us to wait (429, Retry-After)"}));
  EXPECT_EQ(FirstWaitOver(Run()), kWait.until);
  HoldBack("workday", {kTestNow + seconds(5), "failed 5 times in a row"});
  EXPECT_EQ(Run().companies.at(2).wait,
            (Wait{kTestNow + seconds(5), "workday failed 5 times in a row"}));
  EXPECT_EQ(FirstWaitOver(Run()), kTestNow + seconds(5));
}

TEST_P(WaitsOfRun, AreOverWhenTheirTimeIs) {
  HoldBack("greenhouse");

  EXPECT_EQ(Waits(kWait.until - std::chrono::milliseconds(1)), (All{true, true, false}));
  EXPECT_EQ(Waits(kWait.until), (All{false, false, false}));
}

TEST_P(WaitsOfRun, AreNoneOfWhatHasEnded) {
  HoldBack("greenhouse");
  Move("acme", {Stage::kWaiting, Stage::kDone});
  Move("apex", {Stage::kWaiting, Stage::kReading});
  EXPECT_EQ(Waits(), (All{false, true, false}));
  Move("apex", {Stage::kReading, Stage::kIngesting});
  EXPECT_EQ(Waits(), (All{false, true, false}));

  Write([&](Transaction& tx) -> Result<void> {
    CHECK_OK(MoveRun(tx, run_, {RunStatus::kPending, RunStatus::kAborted}, kTestNow));
    return {};
  });

  EXPECT_EQ(Waits(), (All{false, false, false}));
}

TEST_P(WaitsOfRun, AreNoneOfAMockIngestionWhichAsksNobody) {
  Write([&](Transaction& tx) -> Result<void> {
    CHECK_OK(MoveRun(tx, run_, {RunStatus::kPending, RunStatus::kAborted}, kTestNow));
    return {};
  });
  Start(Ingestion::kMock);
  HoldBack("greenhouse");
  Move("acme", {Stage::kWaiting, Stage::kIngesting});

  EXPECT_EQ(Waits(), (All{false, true, false}));
}

ROLECALL_ON_BOTH_DATABASES(WaitsOfRun);

}  // namespace
}  // namespace rolecall
