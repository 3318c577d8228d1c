// Leases on companies: who holds one, who lost one, and what that counts for.
#include "store/runs/claims.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <thread>

#include "base/guarded.h"
#include "db/database_clock.h"
#include "store/boards/boards.h"
#include "store/runs/runs.h"
#include "store/users/companies.h"
#include "tests/store/board_rig.h"
#include "tests/support/databases.h"

namespace rolecall {
namespace {

class ClaimsSuite : public BothDatabases {
 protected:
  void SetUp() override {
    BothDatabases::SetUp();
    if (IsSkipped()) return;
    run_ = InOne<std::int64_t>([&](Transaction& tx) -> Result<std::int64_t> {
      for (const auto& [name, kind] : {std::pair("acme", "greenhouse"), {"bell", "workday"}}) {
        TRY(const auto board, FindOrAddBoard(tx, kind, name));
        CHECK_OK(Follow(tx, {kUser, name}, board, kTestNow));
      }
      TRY(const auto followed, LoadFollowings(tx.db(), kUser));
      return AddRun(tx, {.run_key = "key", .user_id = kUser, .trigger = "cli"}, followed, kTestNow);
    });
  }

  template <typename T>
  T InOne(const std::function<Result<T>(Transaction&)>& work) {
    auto tx = database().Write();
    EXPECT_TRUE(tx) << tx.error().message;
    auto done = work(*tx);
    EXPECT_TRUE(done) << done.error().message;
    EXPECT_TRUE(tx->Commit());
    return *std::move(done);
  }

  std::optional<Claim> Take(const std::string& worker, const std::vector<std::string>& busy = {},
                            Stage stage = Stage::kWaiting, Timestamp now = kTestNow) {
    return InOne<std::optional<Claim>>([&](Transaction& tx) {
      return TakeCompany(tx, {.run_id = run_, .stage = stage, .busy = busy},
                         {.worker = worker, .now = now, .until = now + std::chrono::seconds(60)});
    });
  }

  std::int64_t run_ = 0;
};

TEST_P(ClaimsSuite, GivesEachCompanyToOneAndNoneOfABusyKind) {
  const auto first = Take("one", {"greenhouse"});
  const auto none = Take("two", {"greenhouse"});
  const auto second = Take("two");

  ASSERT_TRUE(first && second);
  EXPECT_EQ(first->company, "bell");
  EXPECT_EQ(first->stage, Stage::kReading);
  EXPECT_FALSE(none);
  EXPECT_EQ(second->company, "acme");
  EXPECT_FALSE(Take("three"));
}

TEST_P(ClaimsSuite, NeverGivesOneCompanyToTwoWhoAskAtOnce) {
  InOne<bool>([&](Transaction& tx) -> Result<bool> {
    Table rows(4);
    for (int i = 0; i < 40; ++i) {
      const std::string name = fmt::format("more{}", i);
      TRY(const auto board, FindOrAddBoard(tx, "greenhouse", name));
      rows.Int(run_).Text(name).Int(board).Text("waiting");
    }
    CHECK_OK(tx->InsertMany("run_companies", "run_id, company, board_id, stage", rows));
    return true;
  });
  Guarded<std::vector<std::string>> taken;
  {
    std::vector<std::jthread> lanes;
    for (int lane = 0; lane < 4; ++lane)
      lanes.emplace_back([&, lane] {
        while (const auto claim = Take(fmt::format("worker {}", lane)))
          taken.With([&](auto& all) { all.push_back(claim->company); });
      });
  }

  auto all = taken.With([](const auto& companies) { return companies; });
  std::ranges::sort(all);
  EXPECT_EQ(std::ranges::adjacent_find(all), all.end());
  EXPECT_EQ(all.size(), 42);
}

TEST_P(ClaimsSuite, HasABoardReadByOneLaneAtATime) {
  const auto other_run = InOne<std::int64_t>([&](Transaction& tx) -> Result<std::int64_t> {
    CHECK_OK(
        tx->Run("INSERT INTO users (user_id, email, name, created_at) VALUES (2, 'b@x', 'b', "
                ":now)",
                {{"now", kTestNow}}));
    TRY(const auto board, FindOrAddBoard(tx, "greenhouse", "acme"));
    CHECK_OK(Follow(tx, {2, "same"}, board, kTestNow));
    TRY(const auto followed, LoadFollowings(tx.db(), 2));
    return AddRun(tx, {.run_key = "other", .user_id = 2, .trigger = "cli"}, followed, kTestNow);
  });
  const auto take_other = [&] {
    return InOne<std::optional<Claim>>([&](Transaction& tx) {
      return TakeCompany(tx, {.run_id = other_run},
                         {.worker = "two", .now = kTestNow, .until = kTestNow});
    });
  };
  const auto first = Take("one", {"workday"});
  ASSERT_TRUE(first);

  EXPECT_FALSE(take_other()) << "its board is being read";
  InOne<bool>([&](Transaction& tx) { return HandBack(tx, *first); });
  EXPECT_TRUE(take_other());
  EXPECT_FALSE(Take("one", {"workday"}, Stage::kReading)) << "now the other reads it";
}

TEST_P(ClaimsSuite, TellsAHolderWhoseLeaseLapsedThatAnotherHasTheCompany) {
  const auto slow = Take("slow", {"workday"});
  ASSERT_TRUE(slow);

  const auto freed = InOne<std::vector<FreedClaim>>(
      [&](Transaction& tx) { return FreeLapsed(tx, kTestNow + std::chrono::seconds(61)); });
  const auto quick =
      Take("slow", {"workday"}, Stage::kReading, kTestNow + std::chrono::seconds(61));
  const auto hold = [&](const Claim& claim) {
    return InOne<bool>(
        [&](Transaction& tx) { return HoldClaim(tx, claim, kTestNow + std::chrono::hours(1)); });
  };

  ASSERT_EQ(freed.size(), 1);
  EXPECT_EQ(freed[0].company, "acme");
  ASSERT_TRUE(quick);
  EXPECT_FALSE(hold(*slow)) << "the same worker, but an older attempt";
  EXPECT_TRUE(hold(*quick));
  EXPECT_FALSE(InOne<bool>([&](Transaction& tx) { return HandBack(tx, *slow); }));
}

TEST_P(ClaimsSuite, CountsTenLapsesWithoutACommitAsOneFailure) {
  for (int lapse = 1; lapse <= kLapsesAFailure; ++lapse) {
    const auto claim = Take("one", {"workday"}, lapse == 1 ? Stage::kWaiting : Stage::kReading);
    ASSERT_TRUE(claim);
    EXPECT_EQ(claim->failures, 0);
    InOne<std::vector<FreedClaim>>([&](Transaction& tx) { return FreeClaimsOf(tx, "one"); });
  }

  const auto claim = Take("one", {"workday"}, Stage::kReading);

  ASSERT_TRUE(claim);
  EXPECT_EQ(claim->failures, 1);
  EXPECT_NE(claim->trouble.find("10 workers in a row"), std::string::npos) << claim->trouble;
}

TEST_P(ClaimsSuite, FreesNothingOfOthersThanTheDead) {
  const auto dead = Take("dead", {"workday"}), alive = Take("alive");
  ASSERT_TRUE(dead && alive);
  InOne<bool>([&](Transaction& tx) -> Result<bool> {
    CHECK_OK(AnnounceWorker(tx, "dead", run_, kTestNow + std::chrono::seconds(60)));
    CHECK_OK(AnnounceWorker(tx, "everywhere", 0, kTestNow + std::chrono::seconds(60)));
    return true;
  });
  const auto attending = [&](Timestamp now) {
    auto names = *LoadAttending(**database().Reader(), run_, now);
    std::ranges::sort(names);
    return names;
  };
  EXPECT_EQ(attending(kTestNow), (std::vector<std::string>{"alive", "dead", "everywhere"}));

  const auto freed =
      InOne<std::vector<FreedClaim>>([&](Transaction& tx) { return FreeClaimsOf(tx, "dead"); });

  ASSERT_EQ(freed.size(), 1);
  EXPECT_EQ(freed[0].company, "acme");
  EXPECT_EQ(attending(kTestNow), (std::vector<std::string>{"alive", "everywhere"}));
  EXPECT_EQ(attending(kTestNow + std::chrono::seconds(60)), std::vector<std::string>{});
}

TEST_P(ClaimsSuite, RenewsALeaseAndTellsWhatIsLeftOfTheRun) {
  const auto claim = Take("one", {"workday"});
  ASSERT_TRUE(claim);
  const Timestamp later = kTestNow + std::chrono::seconds(90);
  InOne<bool>([&](Transaction& tx) -> Result<bool> {
    CHECK_OK(RenewClaims(tx, {*claim}, later));
    return true;
  });

  EXPECT_FALSE(*HasLapsed(**database().Reader(), later));
  EXPECT_TRUE(*HasLapsed(**database().Reader(), later + std::chrono::seconds(1)));
  const auto held = *LoadClaims(**database().Reader(), "one");
  ASSERT_EQ(held.size(), 1);
  EXPECT_EQ(held[0].attempt, claim->attempt);
  const auto runs = *LoadOpenRuns(**database().Reader(), run_);
  ASSERT_EQ(runs.size(), 1);
  EXPECT_TRUE(runs[0].has_unread && runs[0].has_waiting);
  EXPECT_FALSE(runs[0].has_outstanding || runs[0].has_outstanding_free);
}

TEST_P(ClaimsSuite, WaitsBeforeTheNextAttemptAfterOneThatFailed) {
  const auto claim = Take("one", {"workday"});
  ASSERT_TRUE(claim);
  const Timestamp later = kTestNow + std::chrono::seconds(2);

  EXPECT_TRUE(
      InOne<bool>([&](Transaction& tx) { return HandBackFailed(tx, *claim, "it broke", later); }));

  EXPECT_FALSE(Take("one", {"workday"}, Stage::kReading));
  const auto again = Take("one", {"workday"}, Stage::kReading, later);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->failures, 1);
  EXPECT_EQ(again->trouble, "it broke");
}

TEST_P(ClaimsSuite, TellsTheDatabasesTimeAsItGoesOn) {
  DatabaseClock clock(database());

  ASSERT_TRUE(clock.Refresh());

  const auto apart = std::chrono::abs(clock.Now() - SystemNow());
  EXPECT_LT(apart, std::chrono::minutes(1)) << "both clocks are this machine's";
}

ROLECALL_ON_BOTH_DATABASES(ClaimsSuite);

}  // namespace
}  // namespace rolecall
