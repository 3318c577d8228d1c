// Three queries: the jobs with their marks, the ledger, the contents' marks from an index.
#include "store/boards/known_boards.h"

#include <algorithm>
#include <vector>

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

// What is known of the jobs' contents, from the index alone. `jobs` in the order of their ids.
Result<void> LoadContentMarks(Connection& db, std::int64_t board_id, std::vector<KnownJob>& jobs) {
  auto job = jobs.begin();
  CHECK_OK(db.Each(R"(
      SELECT job_id, digest, state, tries, changed_reading, checked_at
      FROM job_contents
      WHERE board_id = :board
      ORDER BY job_id)",
                   {{"board", board_id}}, [&](const Row& row) {
                     while (job != jobs.end() && job->id < row.Int(0)) ++job;
                     if (job == jobs.end() || job->id != row.Int(0)) return;
                     job->content_digest = row.Text(1);
                     job->content_state = ContentStateOf(row.Text(2), row.Int(3));
                     job->content_reading = row.Int(4);
                     job->content_checked_at = row.MaybeTime(5);
                   }));
  return {};
}

// When a person kept them last, since the board cannot be read. `jobs` in the order of their ids.
Result<void> LoadKept(Connection& db, std::int64_t board_id, Timestamp unreadable_since,
                      std::vector<KnownJob>& jobs) {
  CHECK_OK(db.Each(
      R"(
      SELECT e.job_id, max(e.at)
      FROM board_jobs j
      JOIN job_events e ON e.job_id = j.id
      WHERE j.board_id = :board AND j.expired_at IS NULL AND e.kind = 'kept' AND e.at >= :since
      GROUP BY e.job_id)",
      {{"board", board_id}, {"since", unreadable_since}}, [&](const Row& row) {
        const auto job = std::ranges::lower_bound(jobs, row.Int(0), {}, &KnownJob::id);
        if (job != jobs.end() && job->id == row.Int(0)) job->kept_at = row.MaybeTime(1);
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

}  // namespace

Result<KnownBoard> LoadKnownBoard(Connection& db, std::int64_t board_id) {
  KnownBoard known;
  CHECK_OK(db.Each(
      R"(
      SELECT j.id,
        j.external_id, j.title, j.location, j.url, j.digest, j.missing_reading, r.finished_at,
        j.withheld_at, j.changed_reading, j.last_seen_reading, j.expired_reason, r.listed = 0,
        j.expired_at, coalesce(j.witnesses, 2), j.path, j.lacked_reading, l.finished_at,
        j.withheld_by_guard
      FROM board_jobs j
      LEFT JOIN readings r ON r.id = j.missing_reading
      LEFT JOIN readings l ON l.id = j.lacked_reading
      WHERE j.board_id = :board
      ORDER BY j.id)",
      {{"board", board_id}}, [&](const Row& row) {
        known.jobs.push_back({.id = row.Int(0),
                              .external_id = row.String(1),
                              .path = row.String(15),
                              .title = row.String(2),
                              .location = row.String(3),
                              .url = row.String(4),
                              .digest = row.String(5),
                              .missing_reading = row.MaybeInt(6),
                              .missing_since = row.MaybeTime(7),
                              .missing_in_empty = row.Bool(12),
                              .lacked_reading = row.MaybeInt(16),
                              .lacked_since = row.MaybeTime(17),
                              .withheld_since = row.MaybeTime(8),
                              .withheld_by_guard = row.Bool(18),
                              .changed_reading = row.Int(9),
                              .last_seen_reading = row.Int(10),
                              .content_state = ContentState::kOutstanding,
                              .expired = !row.IsNull(11),
                              .expired_reason = ReasonOf(row.Text(11)),
                              .expired_at = row.MaybeTime(13),
                              .witnesses = static_cast<int>(row.Int(14))});
      }));
  CHECK_OK(LoadPastReadings(db, board_id, FirstMissing(known.jobs), known));
  CHECK_OK(LoadContentMarks(db, board_id, known.jobs));
  if (known.unreadable_since) CHECK_OK(LoadKept(db, board_id, *known.unreadable_since, known.jobs));
  return known;
}

}  // namespace rolecall
