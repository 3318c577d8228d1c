// The thread on which streams catch up, so that reading a database holds up nobody who has.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

#include "base/error.h"
#include "streams/streams.h"

namespace rolecall {

struct StreamState;
class StreamInbox;

// What one stream catches up with.
struct CatchUpCall {
  std::function<Result<CatchUp>(std::size_t unsent)> call;  // for the thread of catching up
  StreamState* stream;              // for the streams' thread; null once it is closed
  std::size_t unsent = 0;           // of the call that is asked for; not changed until its answer
  std::atomic<bool> wanted = true;  // the stream still wants an answer
};

// Calls what it is asked to in the order of asking, and tells the inbox what came of it.
class CatchUpThread {
 public:
  explicit CatchUpThread(StreamInbox& inbox);
  CatchUpThread(const CatchUpThread&) = delete;
  CatchUpThread& operator=(const CatchUpThread&) = delete;
  // Waits for the call under way, and forgets the rest.
  ~CatchUpThread();

  // On any thread.
  void Ask(std::shared_ptr<CatchUpCall> catch_up);

 private:
  void Work();

  StreamInbox& inbox_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::shared_ptr<CatchUpCall>> asked_;
  bool stops_ = false;
  std::thread thread_;
};

}  // namespace rolecall
