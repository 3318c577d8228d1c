// The feed of a run's log. Who is behind reads pages of the table; who has caught up is told what
// the feed reads once for all.
#include "api/watching/log_feed.h"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "api/watching/feeds.h"
#include "domain/run_state.h"
#include "forms/line_json.h"
#include "store/runs/runs.h"

namespace rolecall {
namespace {

// A topic keeps more; who joins at the oldest mark is not cut off at once.
constexpr std::uint64_t kMarked = 1 << 19;

// However few lines a reader took of its last page.
constexpr int kLeastPage = 50;

}  // namespace

Result<std::optional<Subscription>> FollowLog(Feeds& feeds, const RunOfUser& run,
                                              const LogPlace& from) {
  TRY(const auto feed, feeds.Join<LogFeed>(run, from.prefix));
  if (feed->EndsBefore(from.after)) return std::nullopt;
  return feed->Follow(from.after);
}

LogFeed::LogFeed(FeedParts parts, std::string prefix)
    : Feed(std::move(parts), SaysNews::kAtOnce), prefix_(std::move(prefix)) {}

std::string LogFeed::EventOf(const RunLine& line) const {
  return fmt::format("id: {}\ndata: {}\n\n", line.seq,
                     boost::json::serialize(LineJson(run().id, line, prefix_)));
}

Result<std::vector<RunLine>> LogFeed::Load(std::int64_t after, int most) const {
  TRY(auto db, lines().Lines(run()));
  return LoadLines(*db, run().id, after, most);
}

Result<void> LogFeed::Read() {
  RunStatus status = RunStatus::kPending;
  {
    TRY(auto db, database().Reader());
    // First the status: no line follows a final one.
    TRY(status, LoadRunStatus(*db, run().user_id, run().id));
  }
  TRY(const bool whole, IsFinal(status) ? lines().IsWhole(run()) : Result<bool>(false));
  if (!begun_) {
    std::int64_t last = 0;
    {
      TRY(auto db, lines().Lines(run()));
      TRY(last, LoadLastSeq(*db, run().id));
    }
    const std::scoped_lock lock(mutex_);
    next_ = last + 1;
    begun_ = true;
  }
  while (true) {
    std::int64_t after = 0;
    {
      const std::scoped_lock lock(mutex_);
      if (ended_) return {};
      after = next_ - 1;
    }
    TRY(const auto lines, Load(after));
    const std::scoped_lock lock(mutex_);
    for (const RunLine& line : lines) {
      marks_.push_back({line.seq, topic()->said()});
      topic()->Say(EventOf(line));
      next_ = line.seq + 1;
    }
    while (!marks_.empty() && marks_.front().at + kMarked < topic()->said()) marks_.pop_front();
    if (static_cast<int>(lines.size()) == kLinesAPage) continue;
    if (whole) {
      ended_ = true;
      topic()->End();
    }
    return {};
  }
}

bool LogFeed::EndsBefore(std::int64_t after) const {
  const std::scoped_lock lock(mutex_);
  return ended_ && after >= next_ - 1;
}

std::optional<std::uint64_t> LogFeed::WhereBegins(std::int64_t seq) const {
  if (seq == next_) return topic()->said();
  if (marks_.empty() || seq < marks_.front().seq || seq > next_) return std::nullopt;
  return marks_[static_cast<std::size_t>(seq - marks_.front().seq)].at;
}

Result<CatchUp> LogFeed::Next(Reader& reader, std::size_t unsent) {
  std::int64_t& next = reader.next;
  std::int64_t up_to = 0;
  // A line is an event.
  next -= static_cast<std::int64_t>(unsent);
  reader.page = unsent > 0 ? std::max(kLeastPage, reader.given - static_cast<int>(unsent))
                           : std::min(kLinesAPage, 2 * reader.page);
  reader.given = 0;
  {
    const std::scoped_lock lock(mutex_);
    // A number from nowhere: what comes is told.
    if (next > next_) next = next_;
    if (const auto at = WhereBegins(next)) return CatchUp{.events = {}, .joins = at};
    up_to = next_ - 1;
  }
  TRY(const auto lines, Load(next - 1, reader.page));
  CatchUp more;
  for (const RunLine& line : lines) {
    // The feed itself tells what follows.
    if (line.seq > up_to) break;
    more.events += EventOf(line);
    next = line.seq + 1;
    ++reader.given;
  }
  if (more.events.empty())
    return Fail(Errc::kNotFound, fmt::format("line {} of run {} is gone", next, run().id));
  const std::scoped_lock lock(mutex_);
  more.joins = WhereBegins(next);
  return more;
}

Subscription LogFeed::Follow(std::int64_t after) {
  // Shared, since a function that is called again has to be copyable.
  auto reader = std::make_shared<Reader>(after + 1, kLinesAPage);
  return {.first = "retry: 1000\n\n",
          .topic = topic(),
          .from = 0,
          .catch_up = [feed = shared_from_this(), reader](std::size_t unsent) {
            return feed->Next(*reader, unsent);
          }};
}

}  // namespace rolecall
