// Lines go out as they come; numbers are gathered for a tenth of a second.
#include "api/watching/feeds.h"

#include <algorithm>
#include <vector>

namespace rolecall {
namespace {

using Steady = std::chrono::steady_clock;
using std::chrono::milliseconds;

// A reading takes at most this part of the time.
constexpr int kRestsFor = 10;

template <typename F>
std::vector<std::pair<std::int64_t, std::shared_ptr<F>>> Copy(
    const std::map<std::int64_t, std::shared_ptr<F>>& feeds) {
  return {feeds.begin(), feeds.end()};
}

// Those that nobody listens to or is about to.
template <typename F>
void ForgetIdle(std::map<std::int64_t, std::shared_ptr<F>>& feeds) {
  std::erase_if(feeds,
                [](const auto& one) { return one.second.use_count() == 1 && one.second->idle(); });
}

bool HasNews(bool all, const std::set<std::int64_t>& told, std::int64_t run_id) {
  return all || told.contains(run_id);
}

}  // namespace

Feeds::Feeds(Database& database, RunEvents& events, Streams& streams, FeedSettings settings)
    : database_(database),
      events_(events),
      streams_(streams),
      settings_(std::move(settings)),
      thread_([this](std::stop_token ends) { Work(std::move(ends)); }) {}

template <typename F, typename Make>
Result<std::shared_ptr<F>> Feeds::Join(std::map<std::int64_t, std::shared_ptr<F>>& feeds,
                                       std::int64_t run_id, const Make& make) {
  std::shared_ptr<F> feed;
  std::uint64_t ticket = 0;
  {
    const std::scoped_lock lock(mutex_);
    std::shared_ptr<F>& known = feeds[run_id];
    if (!known) known = make();
    feed = known;
    ticket = feed->Ticket();
  }
  events_.Tell(run_id);
  CHECK_OK(feed->AwaitFresh(ticket, settings_.patience));
  return feed;
}

Result<std::optional<Subscription>> Feeds::FollowLog(std::int64_t user_id, std::int64_t run_id,
                                                     std::int64_t after) {
  {
    TRY(auto db, database_.Reader());
    CHECK_OK(LoadRunStatus(*db, user_id, run_id));
  }
  TRY(const auto feed, Join(logs_, run_id, [&] {
        return std::make_shared<LogFeed>(database_, streams_.MakeTopic(), user_id, run_id,
                                         settings_.line_prefix);
      }));
  if (feed->EndsBefore(after)) return std::nullopt;
  return feed->Follow(after);
}

Result<Subscription> Feeds::WatchProgress(std::int64_t user_id, std::int64_t run_id) {
  {
    TRY(auto db, database_.Reader());
    CHECK_OK(LoadRunStatus(*db, user_id, run_id));
  }
  TRY(const auto feed, Join(progress_, run_id, [&] {
        return std::make_shared<ProgressFeed>(database_, streams_.MakeTopic(), user_id, run_id);
      }));
  return feed->Watch();
}

void Feeds::Work(std::stop_token ends) {
  const milliseconds look = events_.hears() ? settings_.look_anyway : settings_.look_every;
  auto looked = Steady::now();
  auto wait = look;
  while (!ends.stop_requested()) {
    const auto told = events_.Wait(wait, ends);
    const auto now = Steady::now();
    const bool all = told.contains(0) || now - looked >= look;
    if (all) looked = now;
    ReadLogs(all, told);
    wait = std::min(look, ReadProgress(all, told));
  }
}

void Feeds::ReadLogs(bool all, const std::set<std::int64_t>& told) {
  std::vector<std::pair<std::int64_t, std::shared_ptr<LogFeed>>> feeds;
  {
    const std::scoped_lock lock(mutex_);
    ForgetIdle(logs_);
    feeds = Copy(logs_);
  }
  for (const auto& [run_id, feed] : feeds)
    if (HasNews(all, told, run_id) || feed->urgent()) feed->Refresh();
}

// Reads the progress that is due, one of them, so that lines never wait for many; returns how long
// until more is.
milliseconds Feeds::ReadProgress(bool all, const std::set<std::int64_t>& told) {
  std::vector<std::pair<std::int64_t, std::shared_ptr<ProgressFeed>>> feeds;
  {
    const std::scoped_lock lock(mutex_);
    ForgetIdle(progress_);
    feeds = Copy(progress_);
  }
  std::map<std::int64_t, Due> kept;
  for (const auto& [run_id, feed] : feeds) {
    Due due = due_[run_id];
    due.stale = due.stale || HasNews(all, told, run_id);
    if (feed->urgent()) due = {.stale = true, .not_before = {}};
    kept[run_id] = due;
  }
  due_ = std::move(kept);

  const auto now = Steady::now();
  ProgressFeed* next = nullptr;
  Due* of_next = nullptr;
  milliseconds wait{std::chrono::hours(1)};
  for (const auto& [run_id, feed] : feeds) {
    Due& due = due_[run_id];
    if (!due.stale) continue;
    wait = std::min(wait, std::chrono::ceil<milliseconds>(due.not_before - now));
    if (due.not_before > now) continue;
    if (of_next != nullptr && of_next->not_before <= due.not_before) continue;
    next = feed.get();
    of_next = &due;
  }
  if (next == nullptr) return std::max(wait, milliseconds(0));
  next->Refresh();
  *of_next = {
      .stale = false,
      .not_before = Steady::now() + std::max(settings_.progress_every, next->took() * kRestsFor)};
  return milliseconds(0);
}

}  // namespace rolecall
