// The lines of runs as CloudWatch holds them, copied so that they are searched, paged and told as
// those of the table are.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "api/line_source.h"
#include "aws/aws_client.h"
#include "aws/log_reader.h"
#include "base/clock.h"
#include "store/runs/run_lines.h"

namespace rolecall {

struct CloudLogSettings {
  std::string group;   // "/aws/lambda/worker"
  std::string prefix;  // "[TEST]" or nothing: lines of the other kind are of another database
  std::chrono::milliseconds read_every{1'000};  // of one run, however many look at it
  // What CloudWatch does not show for so long is taken from the table.
  std::chrono::milliseconds patience{15'000};
};

// One reading serves all who look at a run. Lines are known in the order of their numbers: one that
// comes late holds back those behind it, so that nobody who reads on misses it.
class CloudLog : public LineSource {
 public:
  using Complain = std::function<void(std::string_view)>;

  // `client` and `database`, whose table holds every line, outlive it. Fails as OpenDatabase.
  static Result<std::unique_ptr<CloudLog>> Make(AwsClient& client, Database& database, Clock clock,
                                                CloudLogSettings settings, Complain complain);

  Result<ConnectionHandle> Lines(const RunOfUser& run) override;
  Result<bool> IsWhole(const RunOfUser& run) override;

 private:
  using Steady = std::chrono::steady_clock;
  struct RunCopy;
  // What the table says of a run.
  struct Standing {
    bool ended = false;
    bool aborted = false;
    std::int64_t last_seq = 0;
    Timestamp created_at;
    std::optional<Timestamp> finished_at;
  };

  CloudLog(AwsClient& client, Database& database, Clock clock, CloudLogSettings settings,
           Complain complain);
  Result<Standing> LoadStanding(const RunOfUser& run) const;
  Result<std::shared_ptr<RunCopy>> CopyOf(const RunOfUser& run);
  Result<void> ReadOn(const RunOfUser& run, RunCopy& copy);
  Result<void> ReadCloud(const RunOfUser& run, RunCopy& copy);
  Result<void> TakeInOrder(std::int64_t run_id, RunCopy& copy, std::int64_t last_seq);
  Result<void> FillFromTable(const RunOfUser& run, RunCopy& copy, const Standing& standing);
  Result<void> Add(std::int64_t run_id, RunCopy& copy, const std::vector<RunLine>& lines);

  AwsClient& client_;
  Database& database_;
  const Clock clock_;
  const CloudLogSettings settings_;
  const Complain complain_;
  std::unique_ptr<Database> copies_;
  std::mutex mutex_;  // of what follows
  std::map<std::int64_t, std::shared_ptr<RunCopy>> runs_;
  std::list<std::int64_t> newest_first_;  // as they were looked at
};

}  // namespace rolecall
