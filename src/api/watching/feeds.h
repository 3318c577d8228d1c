// Which runs are watched: wakes their feeds when there is news, and looks for some where nobody
// tells.
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <stop_token>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "api/watching/feed.h"
#include "boards/board_registry.h"
#include "db/db.h"
#include "run/run_events.h"
#include "streams/streams.h"

namespace rolecall {

struct FeedSettings {
  std::chrono::milliseconds gather_for{100};     // what is not said at once
  std::chrono::milliseconds look_every{250};     // where other processes are not heard
  std::chrono::milliseconds look_anyway{5'000};  // where they are
  std::chrono::milliseconds patience{5'000};     // of whoever joins, with the database
};

// Reads from a thread of its own. Safe to use from several threads.
class Feeds {
 public:
  // All must outlive this. `clock` is the database's.
  Feeds(Database& database, const BoardRegistry& kinds, LineSource& lines, RunEvents& events,
        Streams& streams, Clock clock, FeedSettings settings);
  Feeds(const Feeds&) = delete;
  Feeds& operator=(const Feeds&) = delete;

  // The feed F of a run, made of `more` where nobody watches it yet, after a reading that began
  // after this call. kNotFound where the user has no such run, kUnavailable where the database does
  // not answer.
  template <typename F, typename... More>
  Result<std::shared_ptr<F>> Join(const RunOfUser& run, const More&... more) {
    TRY(auto feed,
        JoinFeed({.run_id = run.id, .kind = F::kKind, .most_waiting = F::kMostWaiting}, run,
                 [&](FeedParts parts) { return std::make_shared<F>(std::move(parts), more...); }));
    return std::static_pointer_cast<F>(std::move(feed));
  }

 private:
  struct Key {
    std::int64_t run_id;
    std::string_view kind;
    std::size_t most_waiting = 0;  // bytes that its topic keeps for those behind
    auto operator<=>(const Key&) const = default;
  };
  struct Due {  // when what is gathered is read again
    bool stale = false;
    std::chrono::steady_clock::time_point not_before{};
    // When it may say what it read and has not said, whether or not there is news.
    std::optional<std::chrono::steady_clock::time_point> owed_from{};
  };
  // What woke the thread: 0 among those told, or the time to look, means any run.
  struct News {
    bool of_all;
    std::set<std::int64_t> told;
    bool IsOf(std::int64_t run_id) const { return of_all || told.contains(run_id); }
  };
  using Make = std::function<std::shared_ptr<Feed>(FeedParts)>;
  using Watched = std::vector<std::pair<Key, std::shared_ptr<Feed>>>;

  Result<std::shared_ptr<Feed>> JoinFeed(const Key& key, const RunOfUser& run, const Make& make);
  void Work(std::stop_token ends);
  Watched TakeWatched(SaysNews says_news);
  void ReadAtOnce(const News& news);
  std::set<std::int64_t> FindEndedOf(const Watched& feeds, const News& news);
  std::chrono::milliseconds ReadGathered(const News& news);

  Database& database_;
  const BoardRegistry& kinds_;
  LineSource& lines_;
  RunEvents& events_;
  Streams& streams_;
  const Clock clock_;
  const FeedSettings settings_;
  std::mutex mutex_;
  std::map<Key, std::shared_ptr<Feed>> feeds_;
  std::map<Key, Due> due_;  // of the thread
  std::jthread thread_;
};

}  // namespace rolecall
