// Shows the lines of a run as they are stored. A line is looked for where one was stored; other
// processes say nothing, and are looked after.
#include "cli/terminal/log_follower.h"

#include <chrono>

namespace rolecall {
namespace {

constexpr std::chrono::milliseconds kLookForLines{250};

}  // namespace

LogFollower::LogFollower(Database& database, std::int64_t run_id, std::int64_t after,
                         std::function<void(const RunLine&)> show)
    : database_(database),
      run_id_(run_id),
      after_(after),
      show_(std::move(show)),
      thread_([this](std::stop_token ends) { Work(ends); }) {}

LogFollower::~LogFollower() {
  thread_.request_stop();
  thread_.join();
  ShowNew();
}

void LogFollower::Wake() {
  {
    const std::scoped_lock lock(mutex_);
    stale_ = true;
  }
  woken_.notify_all();
}

void LogFollower::Work(std::stop_token ends) {
  while (!ends.stop_requested()) {
    {
      std::unique_lock lock(mutex_);
      woken_.wait_for(lock, ends, kLookForLines, [this] { return stale_; });
      stale_ = false;
    }
    ShowNew();
  }
}

void LogFollower::ShowNew() {
  while (true) {
    const auto lines = [&]() -> Result<std::vector<RunLine>> {
      TRY(auto db, database_.Reader());
      return LoadLines(*db, run_id_, after_, kLinesAPage);
    }();
    // What the database does not give now is shown later.
    if (!lines) return;
    for (const RunLine& line : *lines) {
      show_(line);
      after_ = line.seq;
    }
    if (static_cast<int>(lines->size()) < kLinesAPage) return;
  }
}

}  // namespace rolecall
