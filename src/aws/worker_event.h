// The events that the worker function is invoked with.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "base/error.h"

namespace rolecall {

// So often a run is handed on from one invocation to the next; then it waits for whoever looks at
// it.
inline constexpr int kLongestChain = 15;

// Work on a run.
struct RunEvent {
  std::int64_t run_id = 0;
  std::int64_t user_id = 0;
  bool use_test_db = false;
  std::optional<std::string> run_key;  // where it is there, it must be the run's
  int chain = 0;                       // how often the run was handed on
};

// Take up what was left, and start what is due.
struct ScheduledEvent {};

using WorkerEvent = std::variant<RunEvent, ScheduledEvent>;

// {"run_id": 12, "user_id": 1, "use_test_db": false, "run_key": "…"} or {"scheduled": true};
// kInvalidInput, naming the first member that lacks or is wrong.
Result<WorkerEvent> ReadWorkerEvent(std::string_view json);

std::string JsonOf(const RunEvent& event);

}  // namespace rolecall
