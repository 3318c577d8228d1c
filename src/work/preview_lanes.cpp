// The lanes of a preview. One list, N threads. Where every vendor is busy, a lane looks again a
// moment later.
#include "work/preview_lanes.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace rolecall {
namespace {

constexpr std::chrono::milliseconds kLookForWork{20};

class Waiting {
 public:
  explicit Waiting(std::vector<LaneTask> tasks) {
    for (LaneTask& task : tasks) tasks_.push_back(std::move(task));
  }

  // The first task whose vendor is free; waits while there are tasks, but none is.
  std::optional<LaneTask> Take(Fetcher& fetcher, std::stop_token stop) {
    std::unique_lock lock(mutex_);
    while (!tasks_.empty() && !stop.stop_requested()) {
      for (auto task = tasks_.begin(); task != tasks_.end(); ++task) {
        if (!fetcher.IsFree(task->pacing_key)) continue;
        LaneTask taken = std::move(*task);
        tasks_.erase(task);
        return taken;
      }
      changed_.wait_for(lock, stop, kLookForWork, [] { return false; });
    }
    return std::nullopt;
  }

 private:
  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::deque<LaneTask> tasks_;
};

}  // namespace

void WorkOnLanes(std::vector<LaneTask> tasks, int lanes, Fetcher& fetcher, std::stop_token stop) {
  const int count = std::clamp(lanes, 1, std::max(1, static_cast<int>(tasks.size())));
  Waiting waiting(std::move(tasks));
  std::vector<std::jthread> threads;
  for (int i = 0; i < count; ++i)
    threads.emplace_back([&waiting, &fetcher, stop] {
      while (auto task = waiting.Take(fetcher, stop)) task->work();
    });
}

}  // namespace rolecall
