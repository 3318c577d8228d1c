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

Feeds::Feeds(Database& database, const BoardRegistry& kinds, LineSource& lines, RunEvents& events,
             Streams& streams, Clock clock, FeedSettings settings)
    : database_(database),
      kinds_(kinds),
      lines_(lines),
      events_(events),
      streams_(streams),
      clock_(std::move(clock)),
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
    if (!known)
      known = make({.database = database_,
                    .kinds = kinds_,
                    .lines = lines_,
                    .clock = clock_,
                    .topic = streams_.MakeTopic(key.most_waiting),
                    .run = run});
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

// Runs of feeds that await an end, and have news that would have to wait for its turn.
std::set<std::int64_t> Feeds::FindEndedOf(const Watched& feeds, const News& news) {
  const auto now = Steady::now();
  std::vector<std::int64_t> awaited;
  for (const auto& [key, feed] : feeds)
    if (news.IsOf(key.run_id) && feed->awaits_end() && due_[key].not_before > now)
      awaited.push_back(key.run_id);
  if (awaited.empty()) return {};
  auto db = database_.Reader();
  if (!db) return {};
  return FindEndedRuns(**db, awaited).value_or(std::set<std::int64_t>());
}

// Reads one that is due; returns how long until more is.
milliseconds Feeds::ReadGathered(const News& news) {
  const Watched feeds = TakeWatched(SaysNews::kGathered);
  const auto ended = FindEndedOf(feeds, news);
  const auto begun = Steady::now();
  std::map<Key, Due> kept;
  for (const auto& [key, feed] : feeds) {
    Due due = due_[key];
    due.stale = due.stale || news.IsOf(key.run_id);
    // From now on, and not before those that were due earlier: who joins one feed again and again
    // is to hold up no other.
    if (feed->urgent() || ended.contains(key.run_id))
      due = {.stale = true, .not_before = std::min(due.stale ? due.not_before : begun, begun)};
    kept[key] = due;
  }
  due_ = std::move(kept);

  const auto now = Steady::now();
  Feed* next = nullptr;
  Due* of_next = nullptr;
  Steady::time_point next_at{};
  milliseconds wait{std::chrono::hours(1)};
  for (const auto& [key, feed] : feeds) {
    Due& due = due_[key];
    if (!due.stale && !due.owed_from) continue;
    const auto at = due.stale ? due.not_before : std::max(due.not_before, *due.owed_from);
    wait = std::min(wait, std::chrono::ceil<milliseconds>(at - now));
    if (at > now || (of_next != nullptr && next_at <= at)) continue;
    next = feed.get();
    of_next = &due;
    next_at = at;
  }
  if (next == nullptr) return std::max(wait, milliseconds(0));
  next->Refresh();
  *of_next = {
      .stale = false,
      .not_before = Steady::now() + std::max(settings_.gather_for, next->took() * kRestsFor),
      .owed_from = next->owes_from()};
  return milliseconds(0);
}

}  // namespace rolecall
