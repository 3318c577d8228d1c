// Each stream has one place in the queue at most, so that all get on alike.
#include "streams/catching.h"

#include <utility>

#include "streams/stream_inbox.h"

namespace rolecall {
namespace {

// Nothing on failure, which ends the stream: whoever reads it comes again. A bug in one stream's
// reading must not end all streams.
std::optional<CatchUp> Call(const Catching& catching) {
  try {
    auto more = catching.call();
    if (!more) return std::nullopt;
    return *std::move(more);
  } catch (...) {
    return std::nullopt;
  }
}

}  // namespace

CatchingThread::CatchingThread(StreamInbox& inbox) : inbox_(inbox), thread_([this] { Work(); }) {}

CatchingThread::~CatchingThread() {
  {
    const std::scoped_lock lock(mutex_);
    stops_ = true;
  }
  changed_.notify_one();
  thread_.join();
}

void CatchingThread::Ask(std::shared_ptr<Catching> catching) {
  const std::scoped_lock lock(mutex_);
  asked_.push_back(std::move(catching));
  changed_.notify_one();
}

void CatchingThread::Work() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return stops_ || !asked_.empty(); });
    if (stops_) return;
    auto catching = std::move(asked_.front());
    asked_.pop_front();
    lock.unlock();
    if (catching->wanted) {
      auto more = Call(*catching);
      inbox_.TellCaught({.catching = std::move(catching), .more = std::move(more)});
    }
    catching.reset();
    lock.lock();
  }
}

}  // namespace rolecall
