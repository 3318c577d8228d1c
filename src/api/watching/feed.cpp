// A stream's source for one run, refreshed for all who watch. Whoever joins waits for a reading
// that began after it came, so that what it is told is never older than what it was told elsewhere.
#include "api/watching/feed.h"

#include <algorithm>

namespace rolecall {

void Feed::Refresh() {
  {
    const std::scoped_lock lock(mutex_);
    ++begun_;
  }
  const auto began = std::chrono::steady_clock::now();
  auto read = Read();
  const std::scoped_lock lock(mutex_);
  took_ = std::chrono::ceil<std::chrono::milliseconds>(std::chrono::steady_clock::now() - began);
  done_ = begun_;
  failed_.reset();
  if (!read) failed_ = std::move(read).error();
  fresh_.notify_all();
}

std::uint64_t Feed::Ticket() {
  const std::scoped_lock lock(mutex_);
  wanted_ = std::max(wanted_, begun_ + 1);
  return begun_ + 1;
}

Result<void> Feed::AwaitFresh(std::uint64_t ticket, std::chrono::milliseconds most) {
  std::unique_lock lock(mutex_);
  if (!fresh_.wait_for(lock, most, [&] { return done_ >= ticket; }))
    return Fail(Errc::kUnavailable, "the database takes too long to answer: try again");
  if (failed_) return std::unexpected(*failed_);
  return {};
}

bool Feed::urgent() {
  const std::scoped_lock lock(mutex_);
  return wanted_ > done_;
}

std::chrono::milliseconds Feed::took() {
  const std::scoped_lock lock(mutex_);
  return took_;
}

}  // namespace rolecall
