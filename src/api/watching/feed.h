// A stream's source for one run: read once for everybody who watches, by one thread.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>

#include "api/line_source.h"
#include "base/clock.h"
#include "base/error.h"
#include "boards/board_registry.h"
#include "db/db.h"
#include "domain/run_state.h"
#include "streams/streams.h"

namespace rolecall {

// What every feed says with.
struct FeedParts {
  Database& database;  // outlives the feed, as do:
  const BoardRegistry& kinds;
  LineSource& lines;
  Clock clock;  // the database's
  std::shared_ptr<Topic> topic;
  RunOfUser run;
};

enum class SaysNews : std::uint8_t {
  kAtOnce,   // each time
  kGathered  // at most so often, and one feed at a time, so that those at once never wait for many
};

// Refreshed by one thread; the rest is safe from several.
class Feed {
 public:
  Feed(FeedParts parts, SaysNews says_news) : parts_(std::move(parts)), says_news_(says_news) {}
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

  // Nobody listens or is about to, who holds the topic until it is counted: the feed may be
  // forgotten.
  bool idle() const { return parts_.topic.use_count() == 1 && parts_.topic->listeners() == 0; }
  SaysNews says_news() const { return says_news_; }

  // The end of its run is not to wait its turn. Of a feed whose news is gathered.
  virtual bool awaits_end() const { return false; }
  // From when on it may say what it read and has not said. For the thread that refreshes.
  virtual std::optional<std::chrono::steady_clock::time_point> owes_from() const {
    return std::nullopt;
  }

 protected:
  virtual Result<void> Read() = 0;

  Database& database() const { return parts_.database; }
  const BoardRegistry& kinds() const { return parts_.kinds; }
  LineSource& lines() const { return parts_.lines; }
  Timestamp Now() const { return parts_.clock(); }
  const std::shared_ptr<Topic>& topic() const { return parts_.topic; }
  const RunOfUser& run() const { return parts_.run; }

 private:
  const FeedParts parts_;
  const SaysNews says_news_;
  std::mutex mutex_;
  std::condition_variable fresh_;
  std::uint64_t begun_ = 0, done_ = 0, wanted_ = 0;
  std::optional<Error> failed_;  // of the last reading
  std::chrono::milliseconds took_{0};
};

}  // namespace rolecall
