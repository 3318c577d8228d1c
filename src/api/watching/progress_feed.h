// The progress of one run, as events for everybody who watches it: the whole state to whoever
// joins, and what changed after that.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "api/watching/feed.h"
#include "db/db.h"
#include "store/runs/run_jobs.h"
#include "store/runs/runs.h"
#include "streams/streams.h"

namespace rolecall {

class ProgressFeed : public Feed {
 public:
  // The database outlives the feed.
  ProgressFeed(Database& database, std::shared_ptr<Topic> topic, std::int64_t user_id,
               std::int64_t run_id);

  // The state as it was read last, then every change, and a final status last. After a first
  // reading.
  Subscription Watch();

  bool idle() const override { return Unheard(topic_); }

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

  Database& database_;
  const std::shared_ptr<Topic> topic_;
  const std::int64_t user_id_;
  const std::int64_t run_id_;
  std::mutex mutex_;
  std::optional<State> state_;
};

}  // namespace rolecall
