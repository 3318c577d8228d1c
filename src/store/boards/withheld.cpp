// Reads and settles withheld expiries. A kept job is marked on its board, for every follower, as
// its expiry would be.
#include "store/boards/withheld.h"

#include <fmt/format.h>

#include "db/columns.h"

namespace rolecall {
namespace {

constexpr std::string_view kWhyWithheld = R"((
            SELECT e.detail
            FROM job_events e
            WHERE e.job_id = j.id AND e.kind = 'withheld'
            ORDER BY e.at DESC
            LIMIT 1))";

constexpr Columns kWithheldJob(
    Column("j.id", &WithheldJob::job_id), Column("j.board_id", &WithheldJob::board_id),
    Column("u.company", &WithheldJob::company), Column("j.external_id", &WithheldJob::external_id),
    Column("j.title", &WithheldJob::title),
    Column("coalesce(j.detail_location, j.location)", &WithheldJob::location),
    Column("j.withheld_at", &WithheldJob::withheld_since), Column(kWhyWithheld, &WithheldJob::why));
constexpr auto kSelectWithheld = SqlOf<kWithheldJob>(R"(
      SELECT {columns}
      FROM user_jobs u
      JOIN board_jobs j ON j.id = u.job_id
      WHERE u.user_id = :user
        AND u.expired_at IS NULL
        AND j.expired_at IS NULL
        AND j.withheld_at <= :until
      ORDER BY u.company, j.title, j.id)");

}  // namespace

Result<std::vector<WithheldJob>> LoadWithheld(Connection& db, std::int64_t user_id,
                                              Timestamp until) {
  return QueryAll(db, kSelectWithheld, {{"user", user_id}, {"until", until}}, kWithheldJob);
}

namespace {

Result<void> CheckNoneExpired(Transaction& tx, const IdRows& ids) {
  TRY(const auto expired, QueryOne(tx.db(),
                                   R"(
      SELECT count(*)
      FROM board_jobs
      WHERE id IN (SELECT r.id FROM {rows_of r: id bigint}) AND expired_at IS NOT NULL)",
                                   {{"r", ids.table()}}, FirstColumn<std::int64_t>));
  if (expired.value_or(0) == 0) return {};
  return Fail(
      Errc::kConflict,
      fmt::format("a reading has just expired {} of {} withheld jobs: look again at what is "
                  "withheld still, none was kept",
                  *expired, ids.size()));
}

}  // namespace

Result<void> KeepWithheld(Transaction& tx, const std::vector<WithheldJob>& jobs, Timestamp now) {
  IdRows ids, boards;
  for (const WithheldJob& job : jobs) {
    ids.Add(IdRow{job.job_id});
    boards.Add(IdRow{job.board_id});
  }
  if (jobs.empty()) return {};
  // The board first, as a reading takes it.
  CHECK_OK(tx->Run(R"(
      UPDATE boards
      SET digest = NULL, etag = NULL, last_modified = NULL, version = version + 1
      WHERE id IN (SELECT b.id FROM {rows_of b: id bigint}))",
                   {{"b", boards.table()}}));
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
      {{"r", ids.table()}, {"now", now}}));
  // Where each was last seen stays: a person's word is no listing.
  CHECK_OK(tx->Run(
      R"(
      UPDATE board_jobs
      SET missing_reading = NULL,
        lacked_reading = NULL,
        withheld_at = NULL,
        version = (SELECT b.version FROM boards b WHERE b.id = board_jobs.board_id)
      WHERE id IN (SELECT r.id FROM {rows_of r: id bigint})
        AND withheld_at IS NOT NULL
        AND expired_at IS NULL)",
      {{"r", ids.table()}}));
  return {};
}

namespace {

struct Approval {
  std::int64_t run_id, job_id;
};

constexpr Columns kApproval(Column("run_id", &Approval::run_id),
                            Column("job_id", &Approval::job_id));

}  // namespace

Result<void> ApproveExpiries(Transaction& tx, std::int64_t run_id,
                             const std::vector<std::int64_t>& jobs) {
  RowsOf<kApproval> approvals;
  for (const std::int64_t job : jobs) approvals.Add(Approval{run_id, job});
  if (approvals.empty()) return {};
  return tx->InsertMany("run_approvals", kListOf<kApproval>, approvals.table());
}

Result<std::set<std::int64_t>> LoadApproved(Connection& db, std::int64_t run_id) {
  std::set<std::int64_t> approved;
  CHECK_OK(db.Each("SELECT job_id FROM run_approvals WHERE run_id = :run", {{"run", run_id}},
                   [&](const Row& row) { approved.insert(FirstColumn<std::int64_t>(row)); }));
  return approved;
}

}  // namespace rolecall
