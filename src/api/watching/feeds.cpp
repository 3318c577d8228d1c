// The feeds of the runs that are watched, and the thread that reads them. Lines go out as they
// come; numbers are gathered for a tenth of a second.
#include "api/watching/feeds.h"

#include <algorithm>

#include "store/runs/runs.h"

namespace rolecall {
namespace {

using Steady = std::chrono::steady_clock;
using std::chrono::milliseconds;

// A reading takes at most this part of the time.
constexpr int kRestsFor = 10;

}  // namespace

Feeds::Feeds(Database& database, RunEvents& events, Streams& streams, FeedSettings settings)
    : database_(database),
      events_(events),
      streams_(streams),
      settings_(settings),
      thread_([this](std::stop_token ends) { Work(std::move(ends)); }) {}

Result<std::shared_ptr<Feed>> Feeds::JoinFeed(const Key& key, const RunOfUser& run,
                                              const Make& make) {
  {
    TRY(auto db, database_.Reader());
    CHECK_OK(LoadRunStatus(*db, run.user_id, run.id));
  }
  std::shared_ptr<Feed> feed;
  std::uint64_t ticket = 0;
  {
    const std::scoped_lock lock(mutex_);
    std::shared_ptr<Feed>& known = feeds_[key];
    if (!known) known = make({.database = database_, .topic = streams_.MakeTopic(), .run = run});
    feed = known;
    ticket = feed->Ticket();
  }
  events_.Tell(run.id);
  CHECK_OK(feed->AwaitFresh(ticket, settings_.patience));
  return feed;
}

void Feeds::Work(std::stop_token ends) {
  const milliseconds look = events_.hears() ? settings_.look_anyway : settings_.look_every;
  auto looked = Steady::now();
  auto wait = look;
  while (!ends.stop_requested()) {
    News news{.of_all = false, .told = events_.Wait(wait, ends)};
    const auto now = Steady::now();
    news.of_all = news.told.contains(0) || now - looked >= look;
    if (news.of_all) looked = now;
    ReadAtOnce(news);
    wait = std::min(look, ReadGathered(news));
  }
}

// Those of a kind that somebody listens to or is about to; the others are forgotten.
Feeds::Watched Feeds::TakeWatched(SaysNews says_news) {
  const std::scoped_lock lock(mutex_);
  std::erase_if(feeds_,
                [](const auto& one) { return one.second.use_count() == 1 && one.second->idle(); });
  Watched watched;
  for (const auto& [key, feed] : feeds_)
    if (feed->says_news() == says_news) watched.emplace_back(key, feed);
  return watched;
}

void Feeds::ReadAtOnce(const News& news) {
  for (const auto& [key, feed] : TakeWatched(SaysNews::kAtOnce))
    if (news.IsOf(key.run_id) || feed->urgent()) feed->Refresh();
}

// Reads one that is due; returns how long until more is.
milliseconds Feeds::ReadGathered(const News& news) {
  const Watched feeds = TakeWatched(SaysNews::kGathered);
  std::map<Key, Due> kept;
  for (const auto& [key, feed] : feeds) {
    Due due = due_[key];
    due.stale = due.stale || news.IsOf(key.run_id);
    if (feed->urgent() || (news.IsOf(key.run_id) && feed->hurries().value_or(false)))
      due = {.stale = true, .not_before = {}};
    kept[key] = due;
  }
  due_ = std::move(kept);

  const auto now = Steady::now();
  Feed* next = nullptr;
  Due* of_next = nullptr;
  milliseconds wait{std::chrono::hours(1)};
  for (const auto& [key, feed] : feeds) {
    Due& due = due_[key];
    if (!due.stale) continue;
    wait = std::min(wait, std::chrono::ceil<milliseconds>(due.not_before - now));
    if (due.not_before > now) continue;
    if (of_next != nullptr && of_next->not_before <= due.not_before) continue;
    next = feed.get();
    of_next = &due;
  }
  if (next == nullptr) return std::max(wait, milliseconds(0));
  next->Refresh();
  const auto owes_from = next->owes_from();
  *of_next = {.stale = owes_from.has_value(),
              .not_before = std::max(
                  owes_from.value_or(Steady::time_point{}),
                  Steady::now() + std::max(settings_.gather_for, next->took() * kRestsFor))};
  return milliseconds(0);
}

}  // namespace rolecall
