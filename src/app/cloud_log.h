// The lines of runs as CloudWatch holds them, copied so that they are searched, paged and told as
// those of the table are.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "api/line_source.h"
#include "aws/aws_client.h"
#include "base/clock.h"
#include "store/runs/run_lines.h"

namespace rolecall {

struct CloudLogSettings {
  std::string group;   // "/aws/lambda/worker"
  std::string prefix;  // "[TEST]" or nothing: lines of the other kind are of another database
  std::chrono::milliseconds read_every{1'000};  // of one run, however many look at it
  // Of one reading, for whoever looks waits for it.
  std::chrono::milliseconds read_within{2'500};
  // After a failure it is not asked for read_every, twice as long after the next, up to this.
  std::chrono::milliseconds longest_pause{30'000};
  // What CloudWatch does not show for so long is taken from the table.
  std::chrono::milliseconds patience{15'000};
};

// One reading serves all who look at a run; whoever looks meanwhile has what is known. Lines are
// known in the order of their numbers: one that comes late holds back those behind it, so that
// nobody who reads on misses it. While CloudWatch fails, and of runs that ended long ago, lines are
// the table's.
class CloudLog : public LineSource {
 public:
  using Complain = std::function<void(std::string_view)>;

  // `client` and `database`, whose table holds every line, outlive it. Nothing is read after
  // `stop`.
  CloudLog(AwsClient& client, Database& database, Clock clock, CloudLogSettings settings,
           Complain complain, std::stop_token stop);
  CloudLog(const CloudLog&) = delete;
  CloudLog& operator=(const CloudLog&) = delete;
  ~CloudLog() override;

  Result<ConnectionHandle> Lines(const RunOfUser& run) override;
  Result<bool> IsWhole(const RunOfUser& run) override;

 private:
  class RunCopy;
  // What the table says of a run.
  struct Standing {
    RunStatus status = RunStatus::kPending;
    std::int64_t last_seq = 0;
    Timestamp created_at;
    std::optional<Timestamp> finished_at;
  };

  Result<Standing> LoadStanding(const RunOfUser& run) const;
  Result<std::shared_ptr<RunCopy>> CopyOf(const RunOfUser& run);
  Result<std::shared_ptr<RunCopy>> ReadOn(const RunOfUser& run);
  Result<void> ReadOnAlone(const RunOfUser& run, RunCopy& copy);
  bool ReadCloud(const RunOfUser& run, RunCopy& copy);
  Result<void> FillFromTable(const RunOfUser& run, RunCopy& copy, const Standing& standing,
                             Timestamp up_to);

  AwsClient& client_;
  Database& database_;
  const Clock clock_;
  const CloudLogSettings settings_;
  const Complain complain_;
  const std::stop_token stop_;
  std::mutex mutex_;  // of what follows
  std::map<std::int64_t, std::shared_ptr<RunCopy>> runs_;
};

}  // namespace rolecall
