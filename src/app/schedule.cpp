// Starts runs by itself. What is due is read from the runs themselves, so that a restart neither
// skips nor doubles one.
#include "app/schedule.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/wait.h"
#include "run/start_run.h"
#include "store/runs/runs.h"

namespace rolecall {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kLooksAtMost{30'000};
constexpr milliseconds kLooksAtLeast{200};

}  // namespace

Schedule::Schedule(Database& database, Clock clock, milliseconds every, Ingestion ingestion,
                   Calls calls)
    : database_(database),
      clock_(std::move(clock)),
      every_(every),
      ingestion_(ingestion),
      calls_(std::move(calls)),
      thread_([this](std::stop_token ends) { Work(std::move(ends)); }) {}

void Schedule::Work(std::stop_token ends) {
  const milliseconds look = std::clamp(every_ / 10, kLooksAtLeast, kLooksAtMost);
  while (!ends.stop_requested()) {
    const auto started = StartDue(ends);
    if (!started && !started.error().contended)
      calls_.complain("starting runs: " + started.error().message);
    WaitFor(look, ends);
  }
}

Result<void> Schedule::StartDue(const std::stop_token& ends) {
  std::vector<std::int64_t> due;
  const Timestamp now = clock_();
  {
    TRY(auto db, database_.Reader());
    TRY(due, LoadDueUsers(*db, now - every_));
  }
  for (const std::int64_t user_id : due) {
    if (ends.stop_requested()) return {};
    const auto started = StartRun(database_,
                                  {.user_id = user_id,
                                   .trigger = "schedule",
                                   .ingestion = ingestion_,
                                   .none_since = now - every_},
                                  now);
    if (started) {
      complained_of_.erase(user_id);
      calls_.started({.user_id = user_id, .id = *started});
      continue;
    }
    const Error& error = started.error();
    if (error.code == Errc::kUnavailable) return std::unexpected(error);
    // Another process was quicker where it is a conflict. One user's trouble is nobody else's.
    if (error.code != Errc::kConflict && complained_of_.insert(user_id).second)
      calls_.complain(fmt::format("no run of user {} can be started: {}", user_id, error.message));
  }
  return {};
}

}  // namespace rolecall
