// Catches streams up. Each stream has one place in the queue at most, so that all get on alike.
#include "streams/catch_up_thread.h"

#include <utility>

#include "streams/stream_inbox.h"

namespace rolecall {
namespace {

// Nothing on failure, which ends the stream: whoever reads it comes again. A bug in one stream's
// reading must not end all streams.
std::optional<CatchUp> CallCatchUp(const CatchUpCall& catch_up) {
  try {
    auto more = catch_up.call(catch_up.unsent);
    if (!more) return std::nullopt;
    return *std::move(more);
  } catch (...) {
    return std::nullopt;
  }
}

}  // namespace

CatchUpThread::CatchUpThread(StreamInbox& inbox) : inbox_(inbox), thread_([this] { Work(); }) {}

CatchUpThread::~CatchUpThread() {
  {
    const std::scoped_lock lock(mutex_);
    stops_ = true;
  }
  changed_.notify_one();
  thread_.join();
}

void CatchUpThread::Ask(std::shared_ptr<CatchUpCall> catch_up) {
  const std::scoped_lock lock(mutex_);
  asked_.push_back(std::move(catch_up));
  changed_.notify_one();
}

void CatchUpThread::Work() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return stops_ || !asked_.empty(); });
    if (stops_) return;
    auto catch_up = std::move(asked_.front());
    asked_.pop_front();
    lock.unlock();
    if (catch_up->wanted) {
      auto more = CallCatchUp(*catch_up);
      inbox_.TellCaught({.catch_up = std::move(catch_up), .more = std::move(more)});
    }
    catch_up.reset();
    lock.lock();
  }
}

}  // namespace rolecall
