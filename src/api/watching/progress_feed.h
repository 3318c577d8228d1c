// The progress of one run, as events for everybody who watches it: the whole state to whoever
// joins, and what changed after that.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "api/watching/feed.h"
#include "store/runs/run_jobs.h"
#include "store/runs/runs.h"
#include "streams/streams.h"

namespace rolecall {

class Feeds;

struct ProgressPace {
  // How often at most all jobs are told again because there are others.
  std::chrono::milliseconds all_jobs_every{1'000};
};

// The whole state of a run of the user, no older than this call, and what changes. `known`: the id
// of the last event that tells all jobs, for whoever has it; they are left out where they are as
// they were then. Fails as FollowLog.
Result<Subscription> WatchProgress(Feeds& feeds, const RunOfUser& run, std::string_view known = "",
                                   ProgressPace pace = {});

class ProgressFeed : public Feed {
 public:
  static constexpr std::string_view kKind = "progress";
  // Room for all jobs twice, as their next telling may come before the first is read.
  static constexpr std::size_t kMostWaiting = 4 << 20;

  explicit ProgressFeed(FeedParts parts, ProgressPace pace = {});

  // The state as it was read last, then every change, and a final status last. After a first
  // reading.
  Subscription Watch(std::string_view known);

  // Whoever follows the log sees the end at once.
  bool awaits_end() const override;
  std::optional<std::chrono::steady_clock::time_point> owes_from() const override;

  // The id of the event that tells the final status of a run: whoever knows it has everything.
  static std::string FinalId(std::int64_t run_id);

 protected:
  Result<void> Read() override;

 private:
  using Steady = std::chrono::steady_clock;
  struct State {
    RunRecord run;
    std::vector<JobOfRun> jobs;
  };
  // Company, then id, and the status that was said last.
  using Told = std::map<std::string, std::map<std::string, std::string, std::less<>>, std::less<>>;

  Result<State> Load() const;
  // The state as whoever joins is told it.
  struct Whole {
    std::string jobs_id;
    SharedText all;
    std::string before_jobs, after_jobs;
  };
  static Whole WholeOf(const State& state);
  // What `now` says more than `state_`.
  std::string Difference(const State& now);
  std::string JobEvents(const State& now);
  std::string TellAllJobs(const State& now);
  void NoteTold(const std::vector<JobOfRun>& jobs);

  const ProgressPace pace_;
  mutable std::mutex mutex_;
  std::optional<State> state_;
  std::optional<Whole> whole_;  // of the state, once somebody joined
  Told told_;                   // by the topic: whoever joined later was told these, and maybe more
  Steady::time_point all_jobs_from_;  // when they may be told again
  bool owes_all_ = false;
  std::optional<Steady::time_point> wait_over_;  // when the first wait that is told of has passed
};

}  // namespace rolecall
