// Reads what is known of a board. Its jobs with their marks, when they went missing, the ledger,
// the contents' marks from an index; put together here, which costs less than having it joined and
// sorted.
#include "store/boards/known_boards.h"

#include <algorithm>
#include <set>
#include <unordered_map>
#include <vector>

#include "db/columns.h"
#include "domain/contents.h"
#include "store/boards/readings.h"

namespace rolecall {
namespace {

ExpiredReason ReasonOf(std::string_view name) {
  for (const ExpiredReason reason :
       {ExpiredReason::kGone, ExpiredReason::kDelisted, ExpiredReason::kConfirmed})
    if (Name(reason) == name) return reason;
  return ExpiredReason::kUnreachable;
}

ContentState ContentStateOf(std::string_view state, std::int64_t tries) {
  if (state == "ready") return ContentState::kReady;
  return state == "error" && tries >= kContentTries ? ContentState::kFailed
                                                    : ContentState::kOutstanding;
}

struct ContentMark {
  std::int64_t job_id = 0;
  std::string digest, state;
  std::int64_t tries = 0, changed_reading = 0;
  std::optional<Timestamp> checked_at;
};

constexpr Columns kContentMark(Column("job_id", &ContentMark::job_id),
                               Column("digest", &ContentMark::digest),
                               Column("state", &ContentMark::state),
                               Column("tries", &ContentMark::tries),
                               Column("changed_reading", &ContentMark::changed_reading),
                               Column("checked_at", &ContentMark::checked_at));
constexpr auto kSelectContentMarks = SqlOf<kContentMark>(R"(
      SELECT {columns}
      FROM job_contents
      WHERE board_id = :board)");

// What is known of the jobs' contents, from the index alone. `jobs` in the order of their ids, in
// which the marks come as well, or nearly.
Result<void> LoadContentMarks(Connection& db, std::int64_t board_id, std::vector<KnownJob>& jobs) {
  auto job = jobs.begin();
  CHECK_OK(db.Each(kSelectContentMarks, {{"board", board_id}}, [&](const Row& row) {
    ContentMark mark = kContentMark(row);
    if (job == jobs.end() || job->id != mark.job_id)
      job = std::ranges::lower_bound(jobs, mark.job_id, {}, &KnownJob::id);
    if (job == jobs.end() || job->id != mark.job_id) return;
    job->content_digest = std::move(mark.digest);
    job->content_state = ContentStateOf(mark.state, mark.tries);
    job->content_reading = mark.changed_reading;
    job->content_checked_at = mark.checked_at;
    ++job;
  }));
  return {};
}

struct KeptMark {
  std::int64_t job_id = 0;
  std::optional<Timestamp> kept_at;
};

constexpr Columns kKeptMark(Column("e.job_id", &KeptMark::job_id),
                            Column("max(e.at)", &KeptMark::kept_at));
constexpr auto kSelectKeptMarks = SqlOf<kKeptMark>(R"(
      SELECT {columns}
      FROM board_jobs j
      JOIN job_events e ON e.job_id = j.id
      WHERE j.board_id = :board AND j.expired_at IS NULL AND e.kind = 'kept' AND e.at >= :since
      GROUP BY e.job_id)");

// When a person kept them last, since the board cannot be read. `jobs` in the order of their ids.
Result<void> LoadKept(Connection& db, std::int64_t board_id, Timestamp unreadable_since,
                      std::vector<KnownJob>& jobs) {
  CHECK_OK(db.Each(
      kSelectKeptMarks, {{"board", board_id}, {"since", unreadable_since}}, [&](const Row& row) {
        const KeptMark mark = kKeptMark(row);
        const auto job = std::ranges::lower_bound(jobs, mark.job_id, {}, &KnownJob::id);
        if (job != jobs.end() && job->id == mark.job_id) job->kept_at = mark.kept_at;
      }));
  return {};
}

// The first reading that lacked a job of which a rule may still ask; 0: none.
std::int64_t FirstMissing(const std::vector<KnownJob>& jobs) {
  std::int64_t first = 0;
  for (const KnownJob& job : jobs)
    for (const auto& reading : {job.missing_reading, job.lacked_reading})
      if (reading && (!job.expired || job.witnesses == 1))
        first = first == 0 ? *reading : std::min(first, *reading);
  return first;
}

constexpr Columns kKnownJob(Column("j.id", &KnownJob::id),
                            Column("j.external_id", &KnownJob::external_id),
                            Column("j.path", &KnownJob::path), Column("j.title", &KnownJob::title),
                            Column("j.location", &KnownJob::location),
                            Column("j.detail_location", &KnownJob::detail_location),
                            Column("coalesce(j.workplace, j.detail_workplace)",
                                   &KnownJob::workplace),
                            Column("j.url", &KnownJob::url), Column("j.digest", &KnownJob::digest),
                            Column("j.facts_digest", &KnownJob::facts_digest),
                            Column("j.missing_reading", &KnownJob::missing_reading),
                            Column("j.lacked_reading", &KnownJob::lacked_reading),
                            Column("j.withheld_at", &KnownJob::withheld_since),
                            Column("j.withheld_by_guard", &KnownJob::withheld_by_guard),
                            Column("j.changed_reading", &KnownJob::changed_reading),
                            Column("j.last_seen_reading", &KnownJob::last_seen_reading),
                            Column("j.expired_reason IS NOT NULL", &KnownJob::expired),
                            Column("j.expired_reason", &KnownJob::expired_reason, ReasonOf),
                            Column("j.expired_at", &KnownJob::expired_at),
                            Column("coalesce(j.witnesses, 2)", &KnownJob::witnesses),
                            Column("j.version", &KnownJob::version));
constexpr auto kSelectKnownJobs = SqlOf<kKnownJob>(R"(
      SELECT {columns}
      FROM board_jobs j
      WHERE j.board_id = :board)");

struct LackingReading {
  std::int64_t id = 0;
  Timestamp at;
  bool was_empty = false;
};

constexpr Columns kLackingReading(Column("g.id", &LackingReading::id),
                                  Column("g.finished_at", &LackingReading::at),
                                  Column("g.listed = 0", &LackingReading::was_empty));
constexpr auto kSelectLackingReadings = SqlOf<kLackingReading>(R"(
      SELECT {columns}
      FROM {rows_of r: id bigint}
      JOIN readings g ON g.id = r.id)");

// When jobs went missing, by the few readings that lacked them first.
Result<void> LoadAbsences(Connection& db, std::vector<KnownJob>& jobs) {
  std::set<std::int64_t> lacking;
  for (const KnownJob& job : jobs)
    for (const auto& reading : {job.missing_reading, job.lacked_reading})
      if (reading) lacking.insert(*reading);
  if (lacking.empty()) return {};
  IdRows ids;
  for (const std::int64_t id : lacking) ids.Add(IdRow{id});
  std::unordered_map<std::int64_t, LackingReading> readings;
  CHECK_OK(db.Each(kSelectLackingReadings, {{"r", ids.table()}}, [&](const Row& row) {
    const LackingReading one = kLackingReading(row);
    readings.emplace(one.id, one);
  }));
  const auto find = [&](const std::optional<std::int64_t>& reading) -> const LackingReading* {
    const auto found = reading ? readings.find(*reading) : readings.end();
    return found == readings.end() ? nullptr : &found->second;
  };
  for (KnownJob& job : jobs) {
    if (const LackingReading* missing = find(job.missing_reading)) {
      job.missing_since = missing->at;
      job.missing_in_empty = missing->was_empty;
    }
    if (const LackingReading* lacked = find(job.lacked_reading)) job.lacked_since = lacked->at;
  }
  return {};
}

}  // namespace

Result<KnownBoard> LoadKnownBoard(Connection& db, std::int64_t board_id) {
  KnownBoard known;
  CHECK_OK(db.Each(kSelectKnownJobs, {{"board", board_id}}, [&](const Row& row) {
    KnownJob job = kKnownJob(row);
    job.content_state = ContentState::kOutstanding;
    known.jobs.push_back(std::move(job));
  }));
  if (!std::ranges::is_sorted(known.jobs, {}, &KnownJob::id))
    std::ranges::sort(known.jobs, {}, &KnownJob::id);
  CHECK_OK(LoadAbsences(db, known.jobs));
  CHECK_OK(LoadPastReadings(db, board_id, FirstMissing(known.jobs), known));
  CHECK_OK(LoadContentMarks(db, board_id, known.jobs));
  if (known.unreadable_since) CHECK_OK(LoadKept(db, board_id, *known.unreadable_since, known.jobs));
  return known;
}

}  // namespace rolecall
