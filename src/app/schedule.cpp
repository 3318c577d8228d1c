// What is due is read from the runs themselves, so that a restart neither skips nor doubles one.
#include "app/schedule.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>

#include "run/start_run.h"
#include "store/runs.h"

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
  std::mutex mutex;
  std::condition_variable_any ended;
  std::unique_lock lock(mutex);
  const milliseconds look = std::clamp(every_ / 10, kLooksAtLeast, kLooksAtMost);
  do {
    const auto started = StartDue();
    if (!started) calls_.complain("starting runs: " + started.error().message);
  } while (!ended.wait_for(lock, ends, look, [&] { return ends.stop_requested(); }));
}

Result<void> Schedule::StartDue() {
  std::vector<std::int64_t> due;
  const Timestamp now = clock_();
  {
    TRY(auto db, database_.Reader());
    TRY(due, LoadDueUsers(*db, now - every_));
  }
  for (const std::int64_t user_id : due) {
    const auto started = StartRun(
        database_, {.user_id = user_id, .trigger = "schedule", .ingestion = ingestion_}, now);
    if (started) {
      calls_.started();
    } else if (started.error().code != Errc::kConflict) {
      // Another process was quicker where it is a conflict.
      return std::unexpected(started.error());
    }
  }
  return {};
}

}  // namespace rolecall
