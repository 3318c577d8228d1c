// Makes the runs of the past by the program's own code. Boards answer at once then, and the clock
// runs as much faster: a second is five minutes of it, so that a run lasts about as long as by the
// web.
#include "app/demo_history.h"

#include <algorithm>

#include "app/demo_script.h"
#include "run/run_log.h"
#include "run/start_run.h"
#include "run/worker_name.h"
#include "work/work_run.h"

namespace rolecall {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;

constexpr int kTimesAsFast = 300;
constexpr hours kMorning{6};
// A schedule starts each run a little later than the one before. Two weeks are over a little
// later, too, than the runs that they are counted between.
constexpr minutes kDrift{5};
constexpr hours kLastIsOver{1};

bool IsWeekday(std::chrono::sys_days day) { return std::chrono::weekday(day).iso_encoding() <= 5; }

// Stands at that time, and runs from now on.
Clock PastClock(Timestamp start) {
  return [start, begun = std::chrono::steady_clock::now()] {
    const auto passed = kTimesAsFast * (std::chrono::steady_clock::now() - begun);
    return start + std::chrono::floor<milliseconds>(passed);
  };
}

// Nobody else asks these boards, and they take no harm.
FetchSettings Hasty(FetchSettings settings, int lanes) {
  settings.pacing.pause = milliseconds(0);
  settings.pacing.at_once = lanes;
  settings.backoff = milliseconds(1);
  return settings;
}

Result<void> RunAt(const HistoryParts& parts, Fetcher& fetcher, Timestamp morning,
                   const std::stop_token& stop) {
  const Clock clock = PastClock(morning);
  const std::string worker = NewWorkerName();
  // Leases by a clock that runs so fast: nobody else is there who could want them.
  const WorkTools tools{
      .database = parts.database,
      .kinds = *parts.config.kinds,
      .fetcher = fetcher,
      .clock = clock,
      .leases = {.worker = worker, .length = hours(24), .renewed_every = milliseconds(10'000)},
      .settings = {.limits = parts.config.limits,
                   .expiry = {},
                   .lanes = parts.config.lanes,
                   .retry_pause = milliseconds(0)},
      .progress = {},
      .each_beat = {}};
  TRY(const auto run_id,
      StartRun(parts.database, {.user_id = parts.user_id, .trigger = "schedule", .worker = worker},
               morning));
  RunLog log(parts.database, clock, run_id, [](const RunLine&) {}, parts.complain);
  CHECK_OK(WorkRun(tools, {parts.user_id, run_id}, log, stop, parts.complain));
  return {};
}

}  // namespace

std::vector<Timestamp> MorningsBefore(Timestamp now) {
  std::vector<Timestamp> mornings;
  const Timestamp last = now - kLastIsOver - kMorning - (kPastRounds - 1) * kDrift;
  for (auto day = std::chrono::floor<days>(last); mornings.size() < kPastRounds; day -= days(1))
    if (IsWeekday(day))
      mornings.push_back(day + kMorning +
                         (kPastRounds - 1 - static_cast<int>(mornings.size())) * kDrift);
  std::ranges::reverse(mornings);
  return mornings;
}

std::vector<std::chrono::sys_days> WeekdaysFrom(std::chrono::sys_days first) {
  std::vector<std::chrono::sys_days> weekdays;
  for (auto day = first; weekdays.size() < kPastRounds; day += days(1))
    if (day == first || IsWeekday(day)) weekdays.push_back(day);
  return weekdays;
}

Result<void> MakeHistory(const HistoryParts& parts, const std::vector<Timestamp>& mornings,
                         std::size_t from_round, const std::stop_token& stop) {
  TRY(const auto fetcher, MakeHttpFetcher(Hasty(parts.config.fetch, parts.config.lanes)));
  for (std::size_t i = from_round; i < mornings.size() && !stop.stop_requested(); ++i) {
    const int round = i == 0 ? 0 : parts.boards.Next();
    CHECK_OK(LayRound(parts.boards, round));
    CHECK_OK(RunAt(parts, *fetcher, mornings[i], stop));
  }
  return {};
}

}  // namespace rolecall
