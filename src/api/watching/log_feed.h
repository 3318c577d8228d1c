// The lines of one run's log, as events for everybody who follows it.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <string>

#include "api/watching/feed.h"
#include "db/db.h"
#include "store/runs/run_lines.h"
#include "streams/streams.h"

namespace rolecall {

class LogFeed : public Feed, public std::enable_shared_from_this<LogFeed> {
 public:
  // `prefix` stands before each message. The database outlives the feed.
  LogFeed(Database& database, std::shared_ptr<Topic> topic, std::int64_t user_id,
          std::int64_t run_id, std::string prefix);

  // Every line after `after`, each once, with its number as the event's id; ends after the last
  // line of a run that ended. After a first reading.
  Subscription Follow(std::int64_t after);

  // The run ended, and this is its last line, or a later one.
  bool EndsBefore(std::int64_t after) const;

  bool idle() const override { return Unheard(topic_); }

 protected:
  Result<void> Read() override;

 private:
  struct Mark {  // where a line that the topic may still keep begins
    std::int64_t seq;
    std::uint64_t at;
  };
  Result<CatchUp> Next(std::int64_t& next);
  std::optional<std::uint64_t> WhereBegins(std::int64_t seq) const;  // under the lock
  std::string EventOf(const RunLine& line) const;
  Result<std::vector<RunLine>> Load(std::int64_t after) const;

  Database& database_;
  const std::shared_ptr<Topic> topic_;
  const std::int64_t user_id_;
  const std::int64_t run_id_;
  const std::string prefix_;
  mutable std::mutex mutex_;
  bool begun_ = false;
  bool ended_ = false;
  std::int64_t next_ = 1;  // the line that is said next
  std::deque<Mark> marks_;
};

}  // namespace rolecall
