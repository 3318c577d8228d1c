// The threads on which handlers run. A mutex around a deque; jobs run outside of it.
#include "http/handler_pool.h"

#include <sys/resource.h>
#include <unistd.h>

#include <utility>

namespace rolecall {

HandlerPool::HandlerPool(std::size_t threads, std::size_t queue, int nice, Later later)
    : most_(threads + queue), later_(std::move(later)) {
  for (std::size_t i = 0; i < threads; ++i) threads_.emplace_back([this, nice] { Work(nice); });
}

HandlerPool::~HandlerPool() { Stop(); }

void HandlerPool::Submit(Admission admission, Job job) {
  std::unique_lock lock(mutex_);
  const bool full = admission == Admission::kQueued && running_ + waiting_.size() >= most_;
  if (stopped_ || full) {
    lock.unlock();
    return job(Turn::kRefused);
  }
  waiting_.push_back(std::move(job));
  const bool wakes = WakesAnother();
  // A thread that wakes would wait for the lock at once.
  lock.unlock();
  if (!wakes) return;
  if (later_)
    later_([this] { changed_.notify_one(); });
  else
    changed_.notify_one();
}

// One thread wakes at a time, and wakes the next where more waits: many short jobs at once are done
// by those that are awake before more have come.
bool HandlerPool::WakesAnother() {
  if (waiting_.empty() || asleep_ == 0 || one_wakes_) return false;
  one_wakes_ = true;
  return true;
}

void HandlerPool::Stop() {
  std::deque<Job> refused;
  {
    std::scoped_lock lock(mutex_);
    stopped_ = true;
    refused.swap(waiting_);
  }
  changed_.notify_all();
  for (Job& job : refused) job(Turn::kRefused);
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
}

void HandlerPool::Work(int nice) {
  // Of this thread alone, on Linux.
  if (nice != 0) setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), nice);
  std::unique_lock lock(mutex_);
  while (true) {
    while (!stopped_ && waiting_.empty()) {
      ++asleep_;
      changed_.wait(lock);
      --asleep_;
      one_wakes_ = false;
    }
    if (waiting_.empty()) return;
    Job job = std::move(waiting_.front());
    waiting_.pop_front();
    ++running_;
    const bool wakes = WakesAnother();
    lock.unlock();
    if (wakes) changed_.notify_one();
    job(Turn::kTaken);
    job = nullptr;
    lock.lock();
    --running_;
  }
}

}  // namespace rolecall
