// Handlers on their threads, the queue before them, and its end.
#include "http/handler_pool.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <latch>
#include <memory>

namespace rolecall {
namespace {

using Admission = HandlerPool::Admission;
using Turn = HandlerPool::Turn;

// A job that holds its thread until `release` is ready, once `begun` is set.
HandlerPool::Job Hold(std::promise<void>& begun, const std::shared_future<void>& release) {
  return [&begun, release](Turn) {
    begun.set_value();
    release.wait();
  };
}

TEST(HandlerPool, RefusesWhatFindsNoThreadAndNoPlaceInTheQueue) {
  std::promise<void> begun, release, second;
  std::atomic<int> ran = 0, refused = 0;
  const auto count = [&](Turn turn) { ++(turn == Turn::kTaken ? ran : refused); };
  {
    HandlerPool pool(1, 1);
    pool.Submit(Admission::kQueued, Hold(begun, release.get_future().share()));
    begun.get_future().wait();
    pool.Submit(Admission::kQueued, count);
    pool.Submit(Admission::kQueued, count);
    EXPECT_EQ(refused, 1);
    pool.Submit(Admission::kAlways, [&](Turn turn) {
      count(turn);
      second.set_value();
    });
    EXPECT_EQ(refused, 1);
    release.set_value();
    second.get_future().wait();
  }

  EXPECT_EQ(ran, 2);
  EXPECT_EQ(refused, 1);
}

TEST(HandlerPool, RefusesWhatWaitsWhenItStopsAndEndsWhatRuns) {
  std::promise<void> begun, release;
  std::atomic<int> refused = 0;
  std::atomic<bool> ended = false;
  HandlerPool pool(1, 5);
  pool.Submit(Admission::kQueued, [&, held = release.get_future().share()](Turn) {
    begun.set_value();
    held.wait();
    ended = true;
  });
  begun.get_future().wait();
  pool.Submit(Admission::kQueued, [&](Turn turn) {
    if (turn == Turn::kRefused) ++refused;
    release.set_value();
  });

  pool.Stop();

  EXPECT_TRUE(ended);
  EXPECT_EQ(refused, 1);
  pool.Submit(Admission::kAlways, [&](Turn turn) {
    if (turn == Turn::kRefused) ++refused;
  });
  EXPECT_EQ(refused, 2);
}

TEST(HandlerPool, WakesAThreadForEachJobThoughAllThatRunWait) {
  HandlerPool pool(4, 100);
  for (int round = 0; round < 200; ++round) {
    const auto all_run = std::make_shared<std::latch>(4), ended = std::make_shared<std::latch>(4);
    for (int i = 0; i < 4; ++i)
      pool.Submit(Admission::kQueued, [all_run, ended](Turn) {
        all_run->arrive_and_wait();
        ended->count_down();
      });
    ended->wait();
  }
}

}  // namespace
}  // namespace rolecall
