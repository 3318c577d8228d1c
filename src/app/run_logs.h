// The logs of the runs that a process works on.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string_view>

#include "app/worker.h"
#include "base/guarded.h"
#include "run/run_log.h"

namespace rolecall {

// Safe to use from several threads. Neither of what it is made of may end first.
class RunLogs {
 public:
  using ShowLine = std::function<void(std::int64_t run_id, const RunLine& line)>;
  RunLogs(Database& database, const Worker& worker, ShowLine show, RunLog::Complain complain)
      : database_(database),
        worker_(worker),
        show_(std::move(show)),
        complain_(std::move(complain)) {}

  // One ends once nobody has it. The first is told where this machine's clock is off.
  std::shared_ptr<RunLog> Of(std::int64_t run_id);

 private:
  struct State {
    std::map<std::int64_t, std::weak_ptr<RunLog>> logs;
    bool told_of_clock = false;
  };
  Database& database_;
  const Worker& worker_;
  const ShowLine show_;
  const RunLog::Complain complain_;
  Guarded<State> state_;
};

}  // namespace rolecall
