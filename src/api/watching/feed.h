// A stream's source for one run: read once for everybody who watches, by one thread.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>

#include "base/error.h"
#include "streams/streams.h"

namespace rolecall {

// Refreshed by one thread; the rest is safe from several.
class Feed {
 public:
  Feed() = default;
  Feed(const Feed&) = delete;
  Feed& operator=(const Feed&) = delete;
  virtual ~Feed() = default;

  // Reads what is new and says it. Fails as the database does.
  void Refresh();

  // Waits for a reading that began after this call, which somebody has to ask for. kUnavailable
  // where none came within `most`, or the failure of the reading.
  Result<void> AwaitFresh(std::uint64_t ticket, std::chrono::milliseconds most);
  // Of a reading that has not begun yet.
  std::uint64_t Ticket();
  // Somebody waits.
  bool urgent();

  // How long the last reading took.
  std::chrono::milliseconds took();

  // Nobody listens or is about to: the feed may be forgotten.
  virtual bool idle() const = 0;

 protected:
  // Whoever is about to listen holds the topic until it is counted.
  static bool Unheard(const std::shared_ptr<Topic>& topic) {
    return topic.use_count() == 1 && topic->listeners() == 0;
  }

  virtual Result<void> Read() = 0;

 private:
  std::mutex mutex_;
  std::condition_variable fresh_;
  std::uint64_t begun_ = 0, done_ = 0, wanted_ = 0;
  std::optional<Error> failed_;  // of the last reading
  std::chrono::milliseconds took_{0};
};

}  // namespace rolecall
