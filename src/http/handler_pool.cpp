// The threads on which handlers run. A mutex around a deque; jobs run outside of it.
#include "http/handler_pool.h"

#include <sys/resource.h>
#include <unistd.h>

#include <utility>

namespace rolecall {

HandlerPool::HandlerPool(std::size_t threads, std::size_t queue, int nice)
    : most_(threads + queue) {
  for (std::size_t i = 0; i < threads; ++i) threads_.emplace_back([this, nice] { Work(nice); });
}

HandlerPool::~HandlerPool() { Stop(); }

void HandlerPool::Submit(Admission admission, Job job) {
  {
    std::scoped_lock lock(mutex_);
    const bool full = admission == Admission::kQueued && running_ + waiting_.size() >= most_;
    if (!stopped_ && !full) {
      waiting_.push_back(std::move(job));
      changed_.notify_one();
      return;
    }
  }
  job(Turn::kRefused);
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
    changed_.wait(lock, [this] { return stopped_ || !waiting_.empty(); });
    if (waiting_.empty()) return;
    Job job = std::move(waiting_.front());
    waiting_.pop_front();
    ++running_;
    lock.unlock();
    job(Turn::kTaken);
    job = nullptr;
    lock.lock();
    --running_;
  }
}

}  // namespace rolecall
