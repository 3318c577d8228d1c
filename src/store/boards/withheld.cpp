// A kept job is marked on its board, for every follower, as its expiry would be.
#include "store/boards/withheld.h"

#include <fmt/format.h>

namespace rolecall {

Result<std::vector<WithheldJob>> LoadWithheld(Connection& db, std::int64_t user_id,
                                              Timestamp until) {
  return QueryAll(db,
                  R"(
      SELECT j.id,
        j.board_id, u.company, j.title, coalesce(j.detail_location, j.location), j.withheld_at,
        (
            SELECT e.detail
            FROM job_events e
            WHERE e.job_id = j.id AND e.kind = 'withheld'
            ORDER BY e.at DESC
            LIMIT 1)
      FROM user_jobs u
      JOIN board_jobs j ON j.id = u.job_id
      WHERE u.user_id = :user
        AND u.expired_at IS NULL
        AND j.expired_at IS NULL
        AND j.withheld_at <= :until
      ORDER BY u.company, j.title, j.id)",
                  {{"user", user_id}, {"until", until}}, [](const Row& row) {
                    return WithheldJob{.job_id = row.Int(0),
                                       .board_id = row.Int(1),
                                       .company = row.String(2),
                                       .title = row.String(3),
                                       .location = row.String(4),
                                       .withheld_since = row.Time(5),
                                       .why = row.String(6)};
                  });
}

namespace {

Result<void> CheckNoneExpired(Transaction& tx, const Table& ids) {
  TRY(const auto expired, QueryOne(tx.db(),
                                   R"(
      SELECT count(*)
      FROM board_jobs
      WHERE id IN (SELECT r.id FROM {rows_of r: id bigint}) AND expired_at IS NOT NULL)",
                                   {{"r", ids}}, [](const Row& row) { return row.Int(0); }));
  if (expired.value_or(0) == 0) return {};
  return Fail(
      Errc::kConflict,
      fmt::format("a reading has just expired {} of {} withheld jobs: look again at what is "
                  "withheld still, none was kept",
                  *expired, ids.rows()));
}

}  // namespace

Result<void> KeepWithheld(Transaction& tx, const std::vector<WithheldJob>& jobs, Timestamp now) {
  Table ids(1), boards(1);
  for (const WithheldJob& job : jobs) {
    ids.Int(job.job_id);
    boards.Int(job.board_id);
  }
  if (jobs.empty()) return {};
  // The board first, as a reading takes it.
  CHECK_OK(tx->Run(R"(
      UPDATE boards
      SET digest = NULL, etag = NULL, last_modified = NULL
      WHERE id IN (SELECT b.id FROM {rows_of b: id bigint}))",
                   {{"b", boards}}));
  CHECK_OK(CheckNoneExpired(tx, ids));
  CHECK_OK(tx->Run(
      R"(
      INSERT INTO job_events (job_id, reading_id, kind, detail, at)
      SELECT j.id, coalesce(j.missing_reading, j.lacked_reading, j.changed_reading), 'kept',
        'a person kept it', :now
      FROM board_jobs j
      WHERE j.id IN (SELECT r.id FROM {rows_of r: id bigint})
        AND j.withheld_at IS NOT NULL
        AND j.expired_at IS NULL)",
      {{"r", ids}, {"now", now}}));
  // Where each was last seen stays: a person's word is no listing.
  CHECK_OK(tx->Run(
      R"(
      UPDATE board_jobs
      SET missing_reading = NULL, lacked_reading = NULL, withheld_at = NULL
      WHERE id IN (SELECT r.id FROM {rows_of r: id bigint})
        AND withheld_at IS NOT NULL
        AND expired_at IS NULL)",
      {{"r", ids}}));
  return {};
}

Result<void> ApproveExpiries(Transaction& tx, std::int64_t run_id,
                             const std::vector<std::int64_t>& jobs) {
  Table rows(2);
  for (const std::int64_t job : jobs) rows.Int(run_id).Int(job);
  if (rows.rows() == 0) return {};
  return tx->InsertMany("run_approvals", "run_id, job_id", rows);
}

Result<std::set<std::int64_t>> LoadApproved(Connection& db, std::int64_t run_id) {
  std::set<std::int64_t> approved;
  CHECK_OK(db.Each("SELECT job_id FROM run_approvals WHERE run_id = :run", {{"run", run_id}},
                   [&](const Row& row) { approved.insert(row.Int(0)); }));
  return approved;
}

}  // namespace rolecall
