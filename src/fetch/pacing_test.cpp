// Politeness by key, on a clock that tests set.
#include "fetch/pacing.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <thread>

namespace rolecall {
namespace {
using std::chrono::milliseconds;
using std::chrono::seconds;

// Stands still, or goes on by `step` at each look.
class TestClock {
 public:
  explicit TestClock(milliseconds step = milliseconds(0)) : step_(step.count()) {}
  void Advance(milliseconds by) { at_ += by.count(); }
  milliseconds at() const { return milliseconds(at_); }
  std::function<SteadyTime()> Reader() {
    return [this] { return SteadyTime(milliseconds(at_.fetch_add(step_) + step_)); };
  }

 private:
  const std::int64_t step_;
  std::atomic<std::int64_t> at_{1'000'000};
};

void Fail(Pacing& pacing, int times) {
  for (int i = 0; i < times; ++i) pacing.Note("acme", Pacing::Outcome::kFailed);
}

TEST(Pacing, LetsTwoOfAKeyRunAtOnce) {
  Pacing pacing({.pause = milliseconds(0)});
  std::atomic<int> running = 0, most = 0;
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::minutes(2);
  const auto ask = [&] {
    for (int i = 0; i < 200; ++i) {
      const auto permit = pacing.Enter("acme", {});
      const int now = ++running;
      for (int seen = most; seen < now && !most.compare_exchange_weak(seen, now););
      // Until two have met for once.
      while (most < 2 && std::chrono::steady_clock::now() < deadline) std::this_thread::yield();
      --running;
    }
  };

  std::vector<std::thread> threads;
  for (int i = 0; i < 6; ++i) threads.emplace_back(ask);
  for (std::thread& thread : threads) thread.join();

  EXPECT_EQ(most, 2);
}

TEST(Pacing, KeepsAPauseBetweenStarts) {
  TestClock clock(milliseconds(10));
  Pacing pacing({.at_once = 5, .pause = milliseconds(100)}, clock.Reader());

  const auto first = pacing.Enter("acme", {});
  const milliseconds first_start = clock.at();
  const auto second = pacing.Enter("acme", {});

  EXPECT_GE(clock.at() - first_start, milliseconds(100));
}

TEST(Pacing, LetsKeysGoTheirOwnWays) {
  TestClock clock;
  Pacing pacing({.at_once = 1, .pause = seconds(100)}, clock.Reader());
  const auto acme = pacing.Enter("acme", {});
  pacing.Hold("acme", seconds(30));

  EXPECT_FALSE(pacing.IsFree("acme"));
  EXPECT_TRUE(pacing.IsFree("other"));
  EXPECT_TRUE(pacing.Enter("other", {}));
}

TEST(Pacing, HoldsAKeyForAsLongAsItWasToldTheLongest) {
  TestClock clock;
  Pacing pacing({}, clock.Reader());
  pacing.Hold("acme", seconds(30));
  pacing.Hold("acme", seconds(5));

  clock.Advance(seconds(29));
  EXPECT_FALSE(pacing.IsFree("acme"));
  clock.Advance(seconds(1));
  EXPECT_TRUE(pacing.IsFree("acme"));
}

TEST(Pacing, IsNotFreeWhileTwoRun) {
  Pacing pacing({.pause = milliseconds(0)});
  const auto first = pacing.Enter("acme", {});
  EXPECT_TRUE(pacing.IsFree("acme"));
  {
    const auto second = pacing.Enter("acme", {});
    EXPECT_FALSE(pacing.IsFree("acme"));
  }
  EXPECT_TRUE(pacing.IsFree("acme"));
}

TEST(Pacing, LeavesAKeyAloneAfterFiveFailuresAndSaysUntilWhen) {
  TestClock clock;
  Pacing pacing({}, clock.Reader());
  Fail(pacing, 4);
  EXPECT_TRUE(pacing.Enter("acme", {}));

  Fail(pacing, 1);
  const auto refused = pacing.Enter("acme", {});

  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::kUpstream);
  EXPECT_TRUE(refused.error().message.starts_with("acme is left alone until 20"));
  EXPECT_TRUE(refused.error().message.ends_with(" UTC after 5 failures in a row"));
  EXPECT_TRUE(pacing.IsFree("acme"));  // it is refused at once, which holds nobody up
  EXPECT_TRUE(pacing.Enter("other", {}));
}

TEST(Pacing, TriesAKeyAgainAndLeavesItAloneForTwiceAsLong) {
  TestClock clock;
  Pacing pacing({}, clock.Reader());
  Fail(pacing, 5);

  clock.Advance(seconds(60));
  EXPECT_TRUE(pacing.Enter("acme", {}));
  Fail(pacing, 1);
  clock.Advance(seconds(119));
  EXPECT_FALSE(pacing.Enter("acme", {}));
  clock.Advance(seconds(1));
  EXPECT_TRUE(pacing.Enter("acme", {}));
}

TEST(Pacing, LeavesAKeyAloneForTenMinutesAtMost) {
  TestClock clock;
  Pacing pacing({}, clock.Reader());
  Fail(pacing, 5);
  for (int i = 0; i < 8; ++i) {
    clock.Advance(seconds(600));
    Fail(pacing, 1);
  }

  clock.Advance(seconds(600));

  EXPECT_TRUE(pacing.Enter("acme", {}));
}

TEST(Pacing, ForgetsFailuresAfterAnAnswer) {
  TestClock clock;
  Pacing pacing({}, clock.Reader());
  Fail(pacing, 4);
  pacing.Note("acme", Pacing::Outcome::kAnswered);
  Fail(pacing, 4);

  EXPECT_TRUE(pacing.Enter("acme", {}));
}

TEST(Pacing, HeedsWhatOthersWereTold) {
  TestClock clock;
  Pacing pacing({}, clock.Reader());

  pacing.Heed({.key = "held", .held_for = seconds(30)});
  pacing.Heed({.key = "acme", .left_alone_for = seconds(60), .opened_after = 7});

  EXPECT_FALSE(pacing.IsFree("held"));
  EXPECT_TRUE(pacing.Enter("acme", {}).error().message.ends_with(" UTC after 7 failures in a row"));
  clock.Advance(seconds(60));
  Fail(pacing, 1);  // the seven were not its own
  EXPECT_TRUE(pacing.IsFree("held"));
  EXPECT_TRUE(pacing.Enter("acme", {}));
}

TEST(Pacing, IsNotTalkedOutOfALongerWaitOfItsOwn) {
  TestClock clock;
  Pacing pacing({}, clock.Reader());
  pacing.LeaveAlone("acme", seconds(120));

  pacing.Heed({.key = "acme", .left_alone_for = seconds(60), .opened_after = 5});

  clock.Advance(seconds(119));
  EXPECT_TRUE(pacing.Enter("acme", {}).error().message.ends_with(" UTC as it asked"));
}

TEST(Pacing, StopsAtOnceWhileItWaits) {
  Pacing pacing({.at_once = 1, .pause = milliseconds(0)});
  pacing.Hold("held", seconds(600));
  const auto taken = pacing.Enter("taken", {});
  std::stop_source stop;
  const auto began = std::chrono::steady_clock::now();

  std::promise<void> first_begins, second_begins;
  auto held = std::async(std::launch::async, [&] {
    first_begins.set_value();
    return pacing.Enter("held", stop.get_token()).error().code;
  });
  auto crowded = std::async(std::launch::async, [&] {
    second_begins.set_value();
    return pacing.Enter("taken", stop.get_token()).error().code;
  });
  first_begins.get_future().wait();
  second_begins.get_future().wait();
  stop.request_stop();

  EXPECT_EQ(held.get(), Errc::kCancelled);
  EXPECT_EQ(crowded.get(), Errc::kCancelled);
  EXPECT_LT(std::chrono::steady_clock::now() - began, seconds(60)) << "ten minutes were asked for";
}

}  // namespace
}  // namespace rolecall
