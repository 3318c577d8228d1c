// Copies logs of CloudWatch. Numbers tell a line that is late from one that is the next.
#include "app/cloud_log.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <utility>

#include "aws/log_reader.h"
#include "base/wait.h"
#include "db/database_url.h"
#include "run/placed_line.h"
#include "store/migrate.h"
#include "store/runs/line_copy.h"
#include "store/runs/runs.h"

namespace rolecall {
namespace {

using Steady = std::chrono::steady_clock;
using std::chrono::milliseconds;

// Beyond these the copies go that nobody looked at for a while.
constexpr std::size_t kMostCopies = 50;
constexpr std::chrono::minutes kKeptFor{1};
constexpr int kLinesAtOnce = 5'000;

}  // namespace

// The lines of one run, in a database of their own.
class CloudLog::RunCopy {
 public:
  static Result<std::shared_ptr<RunCopy>> Make(AwsClient& client, const CloudLogSettings& settings,
                                               std::int64_t run_id, Timestamp created_at) {
    auto copy = std::make_shared<RunCopy>(client, settings, run_id, created_at);
    TRY(copy->lines_, OpenDatabase(SqliteUrl(std::string(kSqliteInMemory))));
    CHECK_OK(PrepareSchema(*copy->lines_, SystemNow()));
    return copy;
  }
  RunCopy(AwsClient& client, const CloudLogSettings& settings, std::int64_t run_id,
          Timestamp created_at)
      : reader(client, settings.group, fmt::format("[IngestionWorker:run_id={}]", run_id),
               settings.prefix.empty() ? LogKind::kProduction : LogKind::kTest,
               created_at.time_since_epoch().count()),
        run_id_(run_id) {}

  // Lines that have numbers, in any order.
  void Take(RunLine line) {
    if (line.seq > last_) ahead_.emplace(line.seq, std::move(line));
  }

  // Moves what follows without a gap to where it is read.
  Result<void> AddInOrder() {
    std::vector<RunLine> lines;
    std::int64_t last = last_;
    while (!ahead_.empty() && ahead_.begin()->first <= last + 1) {
      if (ahead_.begin()->first == last + 1) {
        lines.push_back(std::move(ahead_.begin()->second));
        ++last;
      }
      ahead_.erase(ahead_.begin());
    }
    if (lines.empty()) return {};
    TRY(auto tx, lines_->Write());
    CHECK_OK(CopyLines(tx, run_id_, lines));
    CHECK_OK(tx.Commit());
    last_ = last;
    return {};
  }

  Result<ConnectionHandle> Lines(std::shared_ptr<RunCopy> self) {
    TRY(ConnectionHandle handle, lines_->Reader());
    auto give_back = handle.get_deleter();
    return ConnectionHandle(handle.release(),
                            [self = std::move(self), give_back](Connection* db) { give_back(db); });
  }

  std::int64_t last() const { return last_; }

  std::mutex reading;  // of all but Lines, `whole` and `looked_at`
  LogReader reader;
  Steady::time_point read_from;                   // not before
  milliseconds pause{0};                          // after a failure; 0: there was none
  std::optional<Steady::time_point> lacks_since;  // the table has more
  std::atomic<bool> whole = false;
  std::atomic<Steady::time_point> looked_at;

 private:
  const std::int64_t run_id_;
  std::unique_ptr<Database> lines_;
  std::map<std::int64_t, RunLine> ahead_;  // behind one that did not come yet
  std::int64_t last_ = 0;                  // the number up to which the lines go
};

CloudLog::CloudLog(AwsClient& client, Database& database, Clock clock, CloudLogSettings settings,
                   Complain complain, std::stop_token stop)
    : client_(client),
      database_(database),
      clock_(std::move(clock)),
      settings_(std::move(settings)),
      complain_(std::move(complain)),
      stop_(std::move(stop)) {}
CloudLog::~CloudLog() = default;

Result<CloudLog::Standing> CloudLog::LoadStanding(const RunOfUser& run) const {
  TRY(auto db, database_.Reader());
  TRY(const RunRecord record, LoadRun(*db, run.user_id, run.id));
  TRY(const std::int64_t last_seq, LoadLastSeq(*db, run.id));
  return Standing{.status = record.status,
                  .last_seq = last_seq,
                  .created_at = record.created_at,
                  .finished_at = record.finished_at};
}

Result<std::shared_ptr<CloudLog::RunCopy>> CloudLog::CopyOf(const RunOfUser& run) {
  const auto now = Steady::now();
  {
    const std::scoped_lock lock(mutex_);
    if (const auto known = runs_.find(run.id); known != runs_.end()) {
      known->second->looked_at = now;
      return known->second;
    }
  }
  TRY(const Standing standing, LoadStanding(run));
  TRY(auto made, RunCopy::Make(client_, settings_, run.id, standing.created_at));
  made->looked_at = now;
  const std::scoped_lock lock(mutex_);
  if (runs_.size() >= kMostCopies)
    std::erase_if(runs_,
                  [&](const auto& one) { return now - one.second->looked_at.load() > kKeptFor; });
  return runs_.emplace(run.id, std::move(made)).first->second;
}

// Whether it answered. Lines without numbers are of workers that write none: the table has them.
bool CloudLog::ReadCloud(const RunOfUser& run, RunCopy& copy) {
  if (Steady::now() < copy.read_from) return copy.pause.count() == 0;
  const StopAfter within(settings_.read_within, stop_);
  const auto events = copy.reader.ReadNew(within.token());
  if (!events) {
    if (copy.pause.count() == 0) complain_(events.error().message);
    copy.pause = std::clamp(2 * copy.pause, settings_.read_every, settings_.longest_pause);
    copy.read_from = Steady::now() + copy.pause;
    return false;
  }
  copy.pause = milliseconds(0);
  copy.read_from = Steady::now();
  if (copy.reader.is_through()) copy.read_from += settings_.read_every;
  for (const LogEvent& event : *events)
    if (auto line = ReadPlacedLine(settings_.prefix, run.id, event.message, event.at_ms);
        line && line->seq > 0)
      copy.Take(*std::move(line));
  return true;
}

Result<void> CloudLog::FillFromTable(const RunOfUser& run, RunCopy& copy, const Standing& standing,
                                     Timestamp up_to) {
  const std::int64_t last_ms = up_to.time_since_epoch().count();
  while (copy.last() < standing.last_seq) {
    const std::int64_t before = copy.last();
    std::vector<RunLine> lines;
    {
      TRY(auto db, database_.Reader());
      TRY(lines, LoadLines(*db, run.id, before, kLinesAtOnce));
    }
    for (RunLine& line : lines)
      if (line.at_ms <= last_ms) copy.Take(std::move(line));
    CHECK_OK(copy.AddInOrder());
    if (copy.last() == before) break;
  }
  return {};
}

Result<void> CloudLog::ReadOnAlone(const RunOfUser& run, RunCopy& copy) {
  // Before the lines: of what ended then, no line follows.
  TRY(const Standing standing, LoadStanding(run));
  const Timestamp now = clock_();
  const bool ended = IsFinal(standing.status);
  const bool long_ago = standing.finished_at && now - *standing.finished_at >= settings_.patience;
  const bool answers = long_ago || ReadCloud(run, copy);
  CHECK_OK(copy.AddInOrder());
  if (copy.last() >= standing.last_seq) {
    copy.lacks_since.reset();
  } else if (!copy.lacks_since) {
    copy.lacks_since = Steady::now();
  }
  const bool waited = copy.lacks_since && Steady::now() - *copy.lacks_since >= settings_.patience;
  // Whoever ends a run from elsewhere writes its last line beside the worker's log.
  const bool only_end_lacks =
      ended && standing.status != RunStatus::kFinished && copy.last() + 1 == standing.last_seq;
  if (long_ago || !answers || only_end_lacks)
    CHECK_OK(FillFromTable(run, copy, standing, Timestamp::max()));
  else if (waited)
    CHECK_OK(FillFromTable(run, copy, standing, now - settings_.patience));
  copy.whole = ended && copy.last() >= standing.last_seq;
  return {};
}

Result<std::shared_ptr<CloudLog::RunCopy>> CloudLog::ReadOn(const RunOfUser& run) {
  TRY(auto copy, CopyOf(run));
  if (copy->whole) return copy;
  const std::unique_lock lock(copy->reading, std::try_to_lock);
  if (lock) CHECK_OK(ReadOnAlone(run, *copy));
  return copy;
}

Result<ConnectionHandle> CloudLog::Lines(const RunOfUser& run) {
  TRY(auto copy, ReadOn(run));
  return copy->Lines(copy);
}

Result<bool> CloudLog::IsWhole(const RunOfUser& run) {
  TRY(const auto copy, ReadOn(run));
  return copy->whole.load();
}

}  // namespace rolecall
