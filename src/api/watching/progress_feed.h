// The progress of one run, as events for everybody who watches it: the whole state to whoever
// joins, and what changed after that.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/watching/feed.h"
#include "store/runs/run_jobs.h"
#include "store/runs/runs.h"
#include "streams/streams.h"

namespace rolecall {

class Feeds;

// The whole state of a run of the user, no older than this call, and what changes. Fails as
// FollowLog.
Result<Subscription> WatchProgress(Feeds& feeds, const RunOfUser& run);

class ProgressFeed : public Feed {
 public:
  static constexpr std::string_view kKind = "progress";

  explicit ProgressFeed(FeedParts parts);

  // The state as it was read last, then every change, and a final status last. After a first
  // reading.
  Subscription Watch();

  // The id of the event that tells the final status of a run: whoever knows it has everything.
  static std::string FinalId(std::int64_t run_id);

 protected:
  Result<void> Read() override;

 private:
  struct State {
    RunRecord run;
    std::vector<JobOfRun> jobs;  // the first kMostJobsTold
    bool few = true;             // there are no others, and each change is told
  };
  Result<State> Load() const;
  static std::string Whole(const State& state);
  static std::string Difference(const State& before, const State& now);

  std::mutex mutex_;
  std::optional<State> state_;
};

}  // namespace rolecall
