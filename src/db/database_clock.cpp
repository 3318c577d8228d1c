// Carries the database's clock on, by CLOCK_BOOTTIME.
#include "db/database_clock.h"

#include <ctime>

namespace rolecall {
namespace {

constexpr std::chrono::seconds kTooLate{1};

std::chrono::milliseconds SinceBoot() {
  timespec now{};
  clock_gettime(CLOCK_BOOTTIME, &now);
  return std::chrono::duration_cast<std::chrono::milliseconds>(
      std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec));
}

}  // namespace

Result<void> DatabaseClock::Refresh() {
  TRY(auto db, database_.Reader());
  const auto before = SinceBoot();
  TRY(const Timestamp now, db->DatabaseNow());
  const auto after = SinceBoot();
  if (after - before > kTooLate && ahead_.load().count() != 0) return {};
  // The answer was made somewhere between asking and having it.
  ahead_ = now.time_since_epoch() - (before + after) / 2;
  return {};
}

Timestamp DatabaseClock::Now() const {
  const std::chrono::milliseconds ahead = ahead_;
  return ahead.count() == 0 ? SystemNow() : Timestamp(SinceBoot() + ahead);
}

}  // namespace rolecall
