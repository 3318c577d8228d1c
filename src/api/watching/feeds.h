// Which runs are watched: wakes their feeds when there is news, and looks for some where nobody
// tells.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>

#include "api/watching/log_feed.h"
#include "api/watching/progress_feed.h"
#include "db/db.h"
#include "run/run_events.h"
#include "streams/streams.h"

namespace rolecall {

struct FeedSettings {
  std::string line_prefix;
  std::chrono::milliseconds progress_every{100};  // at most so often
  std::chrono::milliseconds look_every{250};      // where other processes are not heard
  std::chrono::milliseconds look_anyway{5'000};   // where they are
  std::chrono::milliseconds patience{5'000};      // of whoever joins, with the database
};

// Reads from a thread of its own. Safe to use from several threads.
class Feeds {
 public:
  // All must outlive this.
  Feeds(Database& database, RunEvents& events, Streams& streams, FeedSettings settings);
  Feeds(const Feeds&) = delete;
  Feeds& operator=(const Feeds&) = delete;

  // The lines of a run of the user after `after`; nothing where it ended and no line follows.
  // kNotFound where the user has no such run, kUnavailable where the database does not answer.
  Result<std::optional<Subscription>> FollowLog(std::int64_t user_id, std::int64_t run_id,
                                                std::int64_t after);

  // The whole state of a run of the user, no older than this call, and what changes. Fails as
  // FollowLog.
  Result<Subscription> WatchProgress(std::int64_t user_id, std::int64_t run_id);

 private:
  struct Due {  // when the progress of a run is read again
    bool stale = false;
    std::chrono::steady_clock::time_point not_before{};
  };
  template <typename F, typename Make>
  Result<std::shared_ptr<F>> Join(std::map<std::int64_t, std::shared_ptr<F>>& feeds,
                                  std::int64_t run_id, const Make& make);
  void Work(std::stop_token ends);
  std::chrono::milliseconds ReadProgress(bool all, const std::set<std::int64_t>& told);
  void ReadLogs(bool all, const std::set<std::int64_t>& told);

  Database& database_;
  RunEvents& events_;
  Streams& streams_;
  const FeedSettings settings_;
  std::mutex mutex_;
  std::map<std::int64_t, std::shared_ptr<LogFeed>> logs_;
  std::map<std::int64_t, std::shared_ptr<ProgressFeed>> progress_;
  std::map<std::int64_t, Due> due_;  // by run; of the thread
  std::jthread thread_;
};

}  // namespace rolecall
