// The lines of one run out of CloudWatch: each once, late ones too.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <unordered_set>
#include <vector>

#include "aws/log_events.h"

namespace rolecall {

// Lines of a run on the test database begin with "[TEST]".
enum class LogKind : std::uint8_t { kProduction, kTest };

// Used by one thread at a time; all viewers of a run share one. Takes some 40 bytes for each event.
class LogReader {
 public:
  // `prefix`: "[IngestionWorker:run_id=12]". `start_ms`: of UTC, when the run began; looked for is
  // from a minute before it, since clocks differ. The client must outlive it.
  LogReader(AwsClient& client, std::string group, std::string prefix, LogKind kind,
            std::int64_t start_ms);

  // Every event that was not returned before, in the order of time; it looks back two minutes
  // behind the last. No such group: none. An error only where nothing was read: what was read
  // before one is returned, and the next call goes on there. kUnavailable: throttled for long, or
  // out of reach. Returns some of them once it has read 100 pages or 8 MiB, and the next call goes
  // on.
  Result<std::vector<LogEvent>> ReadNew(std::stop_token stop);

  // Whether the last call read to the end.
  bool is_through() const { return is_through_; }

 private:
  // A way through the pages, which must be asked for with one start.
  struct Sweep {
    std::int64_t from_ms = 0;
    std::string next_token{};
    std::set<std::string> tokens{};  // all that came
    std::int64_t newest_ms = 0;
  };

  Result<void> ReadPage(const std::stop_token& stop, std::vector<LogEvent>& events);
  void EndSweep();

  AwsClient& client_;
  const std::string group_;
  const std::string prefix_;  // with the blank that follows
  const std::int64_t start_ms_;
  std::int64_t newest_ms_ = 0;  // of the ways that came to their end
  std::optional<Sweep> sweep_;
  bool is_through_ = false;
  std::unordered_set<std::size_t> seen_;  // of ids, their hashes: 64 bits tell a run's apart
};

}  // namespace rolecall
