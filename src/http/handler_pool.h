// A fixed number of threads for handlers, and a queue of fixed length before them.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace rolecall {

// Safe to use from several threads, but for Stop().
class HandlerPool {
 public:
  enum class Turn : std::uint8_t { kTaken, kRefused };
  // Called exactly once: with kTaken on a thread of the pool; with kRefused, on the thread of
  // whoever submits or stops, where it will not run. Must not throw.
  using Job = std::move_only_function<void(Turn)>;
  enum class Admission : std::uint8_t {
    kQueued,  // refused where the queue is full
    kAlways,  // for the next part of what was admitted already
  };

  // Calls a function soon, on any thread, once whoever submits is done with what came together.
  using Later = std::function<void(std::function<void()>)>;

  // `nice`: how far its threads stand behind others for the processor, as nice(2) has it. `later`:
  // when a thread is woken for what is submitted, as it would drive from the processor whoever goes
  // on submitting; empty: at once.
  HandlerPool(std::size_t threads, std::size_t queue, int nice = 0, Later later = {});
  HandlerPool(const HandlerPool&) = delete;
  HandlerPool& operator=(const HandlerPool&) = delete;
  // Stops.
  ~HandlerPool();

  void Submit(Admission admission, Job job);

  // Refuses all that waits and all that comes, and waits for what runs.
  void Stop();

 private:
  void Work(int nice);
  bool WakesAnother();

  const std::size_t most_;  // jobs that run or wait
  const Later later_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Job> waiting_;
  std::size_t running_ = 0;
  std::size_t asleep_ = 0;
  bool one_wakes_ = false;
  bool stopped_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace rolecall
