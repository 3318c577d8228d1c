// The logs of the runs that a process works on. A log is made where the first lane needs it.
#include "app/run_logs.h"

#include <utility>

namespace rolecall {

std::shared_ptr<RunLog> RunLogs::Of(std::int64_t run_id) {
  return state_.With([&](State& state) {
    std::erase_if(state.logs, [](const auto& one) { return one.second.expired(); });
    std::shared_ptr<RunLog> log = state.logs[run_id].lock();
    if (log) return log;
    log = std::make_shared<RunLog>(
        database_, worker_.clock(), run_id,
        [this, run_id](const RunLine& line) { show_(run_id, line); }, complain_);
    state.logs[run_id] = log;
    if (const std::string trouble = worker_.ClockTrouble(); !trouble.empty())
      if (!std::exchange(state.told_of_clock, true)) log->Warn("", trouble);
    return log;
  });
}

}  // namespace rolecall
