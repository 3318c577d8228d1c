// Copies logs of CloudWatch. Numbers tell a line that is late from one that is the next.
#include "app/cloud_log.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "db/database_url.h"
#include "run/placed_line.h"
#include "store/migrate.h"
#include "store/runs/line_copy.h"
#include "store/runs/runs.h"

namespace rolecall {
namespace {

// Of runs that nobody looked at for longest the copies go.
constexpr std::size_t kMostCopies = 50;
constexpr int kLinesAtOnce = 5'000;

}  // namespace

struct CloudLog::RunCopy {
  RunCopy(AwsClient& client, const CloudLogSettings& settings, std::int64_t run_id,
          Timestamp created_at)
      : reader(client, settings.group, fmt::format("[IngestionWorker:run_id={}]", run_id),
               settings.prefix.empty() ? LogKind::kProduction : LogKind::kTest,
               created_at.time_since_epoch().count()) {}

  std::mutex reading;  // of all that follows
  LogReader reader;
  std::map<std::int64_t, RunLine> ahead;  // numbered, behind one that did not come yet
  std::vector<RunLine> without_place;     // of workers that write none
  std::int64_t last = 0;                  // the number up to which the copy goes
  std::optional<Steady::time_point> read_at;
  std::optional<Steady::time_point> lacks_since;  // the table has more than the copy
  std::string trouble;                            // that was told last
  bool whole = false;
};

CloudLog::CloudLog(AwsClient& client, Database& database, Clock clock, CloudLogSettings settings,
                   Complain complain)
    : client_(client),
      database_(database),
      clock_(std::move(clock)),
      settings_(std::move(settings)),
      complain_(std::move(complain)) {}

Result<std::unique_ptr<CloudLog>> CloudLog::Make(AwsClient& client, Database& database, Clock clock,
                                                 CloudLogSettings settings, Complain complain) {
  std::unique_ptr<CloudLog> log(
      new CloudLog(client, database, std::move(clock), std::move(settings), std::move(complain)));
  TRY(log->copies_, OpenDatabase(SqliteUrl(std::string(kSqliteInMemory))));
  CHECK_OK(PrepareSchema(*log->copies_, SystemNow()));
  return log;
}

Result<CloudLog::Standing> CloudLog::LoadStanding(const RunOfUser& run) const {
  TRY(auto db, database_.Reader());
  TRY(const RunRecord record, LoadRun(*db, run.user_id, run.id));
  TRY(const std::int64_t last_seq, LoadLastSeq(*db, run.id));
  return Standing{.ended = IsFinal(record.status),
                  .aborted = record.status == RunStatus::kAborted,
                  .last_seq = last_seq,
                  .created_at = record.created_at,
                  .finished_at = record.finished_at};
}

Result<std::shared_ptr<CloudLog::RunCopy>> CloudLog::CopyOf(const RunOfUser& run) {
  TRY(const Standing standing, LoadStanding(run));
  std::optional<std::int64_t> forgotten;
  std::shared_ptr<RunCopy> copy;
  {
    const std::scoped_lock lock(mutex_);
    std::shared_ptr<RunCopy>& known = runs_[run.id];
    if (!known) known = std::make_shared<RunCopy>(client_, settings_, run.id, standing.created_at);
    copy = known;
    newest_first_.remove(run.id);
    newest_first_.push_front(run.id);
    if (newest_first_.size() > kMostCopies) {
      forgotten = newest_first_.back();
      newest_first_.pop_back();
      runs_.erase(*forgotten);
    }
  }
  if (forgotten) {
    TRY(auto tx, copies_->Write());
    CHECK_OK(DropCopiedLines(tx, *forgotten));
    CHECK_OK(tx.Commit());
  }
  return copy;
}

Result<void> CloudLog::Add(std::int64_t run_id, RunCopy& copy, const std::vector<RunLine>& lines) {
  if (lines.empty()) return {};
  TRY(auto tx, copies_->Write());
  CHECK_OK(CopyLines(tx, run_id, lines));
  CHECK_OK(tx.Commit());
  copy.last = lines.back().seq;
  return {};
}

// What follows the copy without a gap. Lines without numbers follow each other as they come, where
// the run has no others.
Result<void> CloudLog::TakeInOrder(std::int64_t run_id, RunCopy& copy, std::int64_t last_seq) {
  std::vector<RunLine> lines;
  std::int64_t next = copy.last + 1;
  copy.ahead.erase(copy.ahead.begin(), copy.ahead.lower_bound(next));
  while (!copy.ahead.empty() && copy.ahead.begin()->first == next) {
    lines.push_back(std::move(copy.ahead.begin()->second));
    copy.ahead.erase(copy.ahead.begin());
    ++next;
  }
  const bool numbered = last_seq > 0;
  for (RunLine& line : copy.without_place) {
    if (numbered) break;
    line.seq = next++;
    lines.push_back(std::move(line));
  }
  copy.without_place.clear();
  return Add(run_id, copy, lines);
}

Result<void> CloudLog::ReadCloud(const RunOfUser& run, RunCopy& copy) {
  const auto now = Steady::now();
  if (copy.read_at && now - *copy.read_at < settings_.read_every && copy.reader.is_through())
    return {};
  copy.read_at = now;
  const auto events = copy.reader.ReadNew({});
  if (!events) {
    // Whoever looks is served by the table, later.
    if (copy.trouble != events.error().message) complain_(events.error().message);
    copy.trouble = events.error().message;
    return {};
  }
  copy.trouble.clear();
  for (const LogEvent& event : *events) {
    auto line = ReadPlacedLine(settings_.prefix, run.id, event.message, event.at_ms);
    if (!line) continue;
    if (line->seq == 0)
      copy.without_place.push_back(*std::move(line));
    else
      copy.ahead.emplace(line->seq, *std::move(line));
  }
  return {};
}

// Takes what lacks up to the last line that is old enough; of a run that ended long ago all, and of
// an aborted one its last line at once, which the worker did not write.
Result<void> CloudLog::FillFromTable(const RunOfUser& run, RunCopy& copy,
                                     const Standing& standing) {
  if (copy.last >= standing.last_seq) {
    copy.lacks_since.reset();
    return {};
  }
  const auto now = Steady::now();
  if (!copy.lacks_since) copy.lacks_since = now;
  const bool ended_long_ago =
      standing.finished_at && clock_() - *standing.finished_at >= settings_.patience;
  const bool only_the_end_lacks = standing.aborted && copy.last + 1 == standing.last_seq;
  if (!ended_long_ago && !only_the_end_lacks && now - *copy.lacks_since < settings_.patience)
    return {};
  const std::int64_t old = (clock_() - settings_.patience).time_since_epoch().count();
  while (copy.last < standing.last_seq) {
    std::vector<RunLine> lines;
    {
      TRY(auto db, database_.Reader());
      TRY(lines, LoadLines(*db, run.id, copy.last, kLinesAtOnce));
    }
    if (!ended_long_ago && !only_the_end_lacks)
      std::erase_if(lines, [&](const RunLine& line) { return line.at_ms > old; });
    if (lines.empty()) break;
    CHECK_OK(Add(run.id, copy, lines));
  }
  copy.lacks_since.reset();
  return TakeInOrder(run.id, copy, standing.last_seq);
}

Result<void> CloudLog::ReadOn(const RunOfUser& run, RunCopy& copy) {
  if (copy.whole) return {};
  // Before the lines: of what ended then, no line follows.
  TRY(const Standing standing, LoadStanding(run));
  CHECK_OK(ReadCloud(run, copy));
  CHECK_OK(TakeInOrder(run.id, copy, standing.last_seq));
  CHECK_OK(FillFromTable(run, copy, standing));
  copy.whole = standing.ended && copy.last >= standing.last_seq;
  return {};
}

Result<ConnectionHandle> CloudLog::Lines(const RunOfUser& run) {
  TRY(const auto copy, CopyOf(run));
  {
    const std::scoped_lock lock(copy->reading);
    CHECK_OK(ReadOn(run, *copy));
  }
  return copies_->Reader();
}

Result<bool> CloudLog::IsWhole(const RunOfUser& run) {
  TRY(const auto copy, CopyOf(run));
  const std::scoped_lock lock(copy->reading);
  CHECK_OK(ReadOn(run, *copy));
  return copy->whole;
}

}  // namespace rolecall
