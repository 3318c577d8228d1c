// Politeness over two processes with one database, on a clock that tests set.
#include "store/boards/pacing.h"

#include <gmock/gmock.h>

#include <thread>

#include "base/guarded.h"
#include "fetch/shared_pacing.h"
#include "tests/store/board_rig.h"
#include "tests/support/manual_clock.h"

namespace rolecall {
namespace {
using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::Field;
using testing::Pair;

constexpr std::string_view kAsked = "asked us to wait (429, Retry-After)";
constexpr PacingSettings kNoPause{.pause = milliseconds(0)};

void HeedNothing(const HeldKey&) {}

class PacingTables : public BothDatabases {
 protected:
  void SetUp() override {
    BothDatabases::SetUp();
    if (IsSkipped()) return;
    database();
    elsewhere_ = Needed(OpenDatabase(test_database().url()));
  }
  // Two processes: each has a database object and a worker of its own.
  SharedPacing One(PacingSettings settings = kNoPause) {
    return SharedPacing(database(), clock_.AsClock(), "one", settings);
  }
  SharedPacing Two(PacingSettings settings = kNoPause) {
    return SharedPacing(elsewhere(), clock_.AsClock(), "two", settings);
  }
  Database& elsewhere() { return *elsewhere_; }

  bool Takes(std::string_view worker, PacingSettings settings = kNoPause) {
    auto tx = Needed(database().Write());
    const auto slot = Needed(TakeSlot(tx, "acme", worker, settings, clock_.AsClock()));
    Needed(tx.Commit());
    return slot.has_value();
  }
  void Run(Sql sql) {
    auto tx = Needed(database().Write());
    Needed(tx->Run(sql));
    Needed(tx.Commit());
  }
  std::int64_t Number(Sql sql) {
    return Needed(QueryOne(*Needed(database().Reader()), sql, {},
                           [](const Row& row) { return row.Int(0); }))
        .value_or(-1);
  }

  ManualClock clock_{kTestNow};

 private:
  std::unique_ptr<Database> elsewhere_;
};

void Fail(SharedPacing& pacing, int times) {
  for (int i = 0; i < times; ++i) Needed(pacing.Note("acme", Pacing::Outcome::kFailed));
}

// "entered", or the sentence that refused.
std::string Entering(SharedPacing& pacing, const std::string& key = "acme") {
  const auto pass = pacing.Enter(key, {}, HeedNothing);
  return pass ? "entered" : pass.error().message;
}

TEST_P(PacingTables, CountsTheSlotsOfAllWorkers) {
  SharedPacing one = One(), two = Two();
  const auto first = Needed(one.Enter("acme", {}, HeedNothing));
  {
    const auto second = Needed(two.Enter("acme", {}, HeedNothing));
    EXPECT_FALSE(Takes("three"));
    EXPECT_EQ(Entering(two, "other"), "entered");
  }

  EXPECT_TRUE(Takes("three"));
  EXPECT_FALSE(Takes("three"));
}

TEST_P(PacingTables, KeepsAPauseBetweenTheStartsOfAllWorkers) {
  SharedPacing one = One({.pause = milliseconds(100)});
  EXPECT_EQ(Entering(one), "entered");

  clock_.Advance(milliseconds(99));
  EXPECT_FALSE(Takes("two"));
  clock_.Advance(milliseconds(1));
  EXPECT_TRUE(Takes("two"));
}

TEST_P(PacingTables, HoldsForAllWhatOneWasAskedToHold) {
  SharedPacing one = One(), two = Two();
  Needed(one.Hold("acme", milliseconds(200), kAsked));
  Needed(one.Hold("acme", milliseconds(50), kAsked));
  std::vector<milliseconds> heard;

  const auto pass = Needed(two.Enter("acme", {}, [&](const HeldKey& held) {
    heard.push_back(held.held_for);
    clock_.Advance(held.held_for - milliseconds(heard.size() == 1 ? 1 : 0));
  }));

  EXPECT_THAT(heard, ElementsAre(milliseconds(200), milliseconds(1)));
  EXPECT_EQ(clock_.Now(), kTestNow + milliseconds(200));
}

TEST_P(PacingTables, StopsWhileItWaitsForAHold) {
  SharedPacing one = One(), two = Two();
  Needed(one.Hold("acme", seconds(60), kAsked));
  std::stop_source stop;

  const auto pass =
      two.Enter("acme", stop.get_token(), [&](const HeldKey&) { stop.request_stop(); });

  ASSERT_FALSE(pass);
  EXPECT_EQ(pass.error().code, Errc::kCancelled);
}

TEST_P(PacingTables, LeavesAloneForAllWhatAskedOneForIt) {
  SharedPacing one = One(), two = Two();
  Needed(one.LeaveAlone("acme", seconds(120), kAsked));
  HeldKey heard;

  const auto refused = two.Enter("acme", {}, [&](const HeldKey& held) { heard = held; });

  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::kUpstream);
  EXPECT_EQ(refused.error().message, fmt::format("acme is left alone until {} as it asked",
                                                 ToMoment(kTestNow + seconds(120))));
  EXPECT_EQ(heard.left_alone_for, seconds(120));
  EXPECT_FALSE(Takes("three"));
  clock_.Advance(seconds(120));
  EXPECT_EQ(Entering(two), "entered");
}

TEST_P(PacingTables, LeavesAKeyAloneAfterFiveFailuresOfAnyWorkers) {
  SharedPacing one = One(), two = Two();
  Fail(one, 2);
  Fail(two, 2);
  EXPECT_EQ(Entering(one), "entered");

  Fail(one, 1);

  EXPECT_EQ(Entering(two), fmt::format("acme is left alone until {} after 5 failures in a row",
                                       ToMoment(kTestNow + seconds(60))));
  EXPECT_EQ(Entering(two, "other"), "entered");
}

TEST_P(PacingTables, LeavesAKeyAloneForTwiceAsLongWhereTheTrialOfAnotherFails) {
  SharedPacing one = One(), two = Two();
  Fail(one, 5);
  clock_.Advance(seconds(60));
  EXPECT_EQ(Entering(two), "entered");
  Fail(two, 1);

  clock_.Advance(seconds(119));
  EXPECT_NE(Entering(one), "entered");
  clock_.Advance(seconds(1));
  EXPECT_EQ(Entering(one), "entered");
}

TEST_P(PacingTables, ForgetsFailuresAfterAnAnswerToAnyWorker) {
  SharedPacing one = One(), two = Two();
  Fail(one, 4);
  Needed(two.Note("acme", Pacing::Outcome::kAnswered));
  Fail(one, 4);

  EXPECT_EQ(Entering(one), "entered");
}

TEST_P(PacingTables, WritesNothingForAnAnswerAfterNoFailure) {
  SharedPacing one = One();

  Needed(one.Note("acme", Pacing::Outcome::kAnswered));

  EXPECT_EQ(Number("SELECT count(*) FROM pacing"), 0);
}

TEST_P(PacingTables, FreesTheSlotsOfAWorkerThatDied) {
  ASSERT_TRUE(Takes("dead"));
  ASSERT_TRUE(Takes("alive"));
  ASSERT_FALSE(Takes("alive"));

  auto tx = Needed(database().Write());
  Needed(FreeSlotsOf(tx, "dead"));
  Needed(tx.Commit());

  EXPECT_TRUE(Takes("alive"));
  EXPECT_FALSE(Takes("alive"));
}

TEST_P(PacingTables, ASlotLapsesThatNobodyGaveBack) {
  SharedPacing two = Two({.at_once = 1, .pause = milliseconds(0)});
  ASSERT_TRUE(Takes("lost", {.at_once = 1}));

  clock_.Advance(seconds(90) - milliseconds(1));
  EXPECT_FALSE(Takes("three", {.at_once = 1}));
  clock_.Advance(milliseconds(1));

  const auto pass = Needed(two.Enter("acme", {}, HeedNothing));
  EXPECT_EQ(Number("SELECT count(*) FROM pacing_slots"), 1);
}

TEST_P(PacingTables, ReadsTheClockOnceOthersAreKeptOut) {
  if (GetParam() == Dialect::kSqlite) GTEST_SKIP() << "its one writer keeps others out";
  ASSERT_TRUE(Takes("one"));
  std::int64_t open_to_others = -1;
  const Clock clock = [&] {
    const auto db = Needed(elsewhere().Reader());
    open_to_others =
        Needed(db->Each("SELECT key FROM pacing {skip_locked}", {}, [](const Row&) {}));
    return kTestNow;
  };

  auto tx = Needed(database().Write());
  const auto slot = Needed(TakeSlot(tx, "acme", "two", kNoPause, clock));

  EXPECT_TRUE(slot);
  EXPECT_EQ(open_to_others, 0);
}

TEST_P(PacingTables, LearnsEveryKeyThatMayNotBeAskedYet) {
  SharedPacing one = One(), two = Two();
  Needed(one.Hold("short", seconds(5), kAsked));
  Needed(one.Hold("held", seconds(30), kAsked));
  Needed(one.LeaveAlone("alone", seconds(120), kAsked));
  Fail(one, 5);
  EXPECT_EQ(Entering(one, "asked"), "entered");
  clock_.Advance(seconds(5));

  const auto held = Needed(two.Learn());

  EXPECT_THAT(held, ElementsAre(Field(&HeldKey::key, "acme"), Field(&HeldKey::key, "alone"),
                                Field(&HeldKey::key, "held")));
  EXPECT_EQ(held.at(0).left_alone_for, seconds(55));
  EXPECT_EQ(held.at(0).opened_after, 5);
  EXPECT_EQ(held.at(1).left_alone_for, seconds(115));
  EXPECT_EQ(held.at(1).opened_after, 0);
  EXPECT_EQ(held.at(2).held_for, seconds(25));
  EXPECT_LE(held.at(2).left_alone_for, seconds(0));
}

TEST_P(PacingTables, TellsWhyAKeyIsNotAskedUntilTheLongestWaitIsOver) {
  SharedPacing one = One(), two = Two();
  const auto told = [&] { return Needed(LoadWaits(*Needed(elsewhere().Reader()), clock_.Now())); };
  Needed(one.Hold("acme", seconds(1), kAsked));
  EXPECT_TRUE(told().empty()) << "it is over before anybody has read why";

  Needed(one.Hold("acme", seconds(30), kAsked));
  Needed(two.Hold("acme", seconds(20), "answered 503, and is tried again"));
  Needed(one.Hold("other", milliseconds(1'001), "answered 503, and is tried again"));

  EXPECT_THAT(told(), ElementsAre(Pair("acme", Wait{kTestNow + seconds(30), std::string(kAsked)}),
                                  Pair("other", Wait{kTestNow + milliseconds(1'001),
                                                     "answered 503, and is tried again"})));
  Fail(two, 5);
  EXPECT_EQ(told().at("acme"), (Wait{kTestNow + seconds(60), "failed 5 times in a row"}));
  Needed(two.LeaveAlone("acme", seconds(120), kAsked));
  EXPECT_EQ(told().at("acme"), (Wait{kTestNow + seconds(120), std::string(kAsked)}));
  clock_.Advance(seconds(120) - milliseconds(1));
  EXPECT_THAT(told(), ElementsAre(Pair("acme", testing::_)));
  clock_.Advance(milliseconds(1));
  EXPECT_TRUE(told().empty());
}

TEST_P(PacingTables, TellsTroubleWithTheDatabaseAsItIs) {
  SharedPacing one = One();
  const auto held = Needed(one.Enter("acme", {}, HeedNothing));
  Run("ALTER TABLE pacing_slots RENAME TO gone");

  const auto refused = one.Enter("acme", {}, HeedNothing);

  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::kStorage);
  EXPECT_TRUE(refused.error().message.starts_with("the database ")) << refused.error().message;
}

// What the clock told this thread last: after Enter, when its request began.
thread_local Timestamp last_told;

TEST_P(PacingTables, KeepsEveryPromiseWhileManyThreadsOfTwoProcessesAsk) {
  constexpr PacingSettings kSettings{.pause = milliseconds(5)};
  std::atomic<int> ticks = 0, running = 0, most = 0;
  const Clock ticking = [&] { return last_told = kTestNow + milliseconds(++ticks); };
  SharedPacing one(database(), ticking, "one", kSettings);
  SharedPacing two(elsewhere(), ticking, "two", kSettings);
  Guarded<std::vector<Timestamp>> starts;
  const auto ask = [&](SharedPacing& pacing) {
    for (int i = 0; i < 8; ++i) {
      const auto pass = Needed(pacing.Enter("acme", {}, HeedNothing));
      starts.With([](auto& all) { all.push_back(last_told); });
      const int now = ++running;
      for (int seen = most; seen < now && !most.compare_exchange_weak(seen, now););
      // Long enough for others to come on.
      for (int look = 0; look < 60; ++look) Needed(pacing.Learn());
      --running;
    }
  };

  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 3; ++i) {
      threads.emplace_back(ask, std::ref(one));
      threads.emplace_back(ask, std::ref(two));
    }
  }

  std::vector<Timestamp> all = starts.With([](const auto& them) { return them; });
  std::ranges::sort(all);
  ASSERT_EQ(all.size(), 48);
  EXPECT_LE(most, 2);
  for (std::size_t i = 1; i < all.size(); ++i) EXPECT_GE(all[i] - all[i - 1], kSettings.pause) << i;
  EXPECT_EQ(Number("SELECT count(*) FROM pacing_slots"), 0);
}

ROLECALL_ON_BOTH_DATABASES(PacingTables);

}  // namespace
}  // namespace rolecall
