// The lines of one run's log, as events for everybody who follows it.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/watching/feed.h"
#include "store/runs/run_lines.h"
#include "streams/streams.h"

namespace rolecall {

class Feeds;

struct LogPlace {
  std::int64_t after = 0;  // the line before the first that is told
  std::string prefix;      // stands before each message, the same for all who follow
};

// The lines of a run of the user that follow; nothing where it ended and no line follows. kNotFound
// where the user has no such run, kUnavailable where the database does not answer.
Result<std::optional<Subscription>> FollowLog(Feeds& feeds, const RunOfUser& run,
                                              const LogPlace& from);

class LogFeed : public Feed, public std::enable_shared_from_this<LogFeed> {
 public:
  static constexpr std::string_view kKind = "log";
  static constexpr std::size_t kMostWaiting = 1 << 20;

  LogFeed(FeedParts parts, std::string prefix);

  // Every line after `after`, each once, with its number as the event's id; ends after the last
  // line of a run that ended. After a first reading.
  Subscription Follow(std::int64_t after);

  // The run ended, and this is its last line, or a later one.
  bool EndsBefore(std::int64_t after) const;

 protected:
  Result<void> Read() override;

 private:
  struct Mark {  // where a line that the topic may still keep begins
    std::int64_t seq;
    std::uint64_t at;
  };
  // Whoever is behind.
  struct Reader {
    std::int64_t next;  // the line that it is told next
    int page;           // lines that it is given at a time
    int given = 0;      // of the last time
  };
  Result<CatchUp> Next(Reader& reader, std::size_t unsent);
  std::optional<std::uint64_t> WhereBegins(std::int64_t seq) const;  // under the lock
  std::string EventOf(const RunLine& line) const;
  Result<std::vector<RunLine>> Load(std::int64_t after, int most = kLinesAPage) const;

  const std::string prefix_;
  mutable std::mutex mutex_;
  bool begun_ = false;
  bool ended_ = false;
  std::int64_t next_ = 1;  // the line that is said next
  std::deque<Mark> marks_;
};

}  // namespace rolecall
