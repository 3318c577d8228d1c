// Writes which rows became one. One statement a table and slice. The rows that go are deleted
// before the one that stays gets its id, which one of them may have had.
#include "store/boards/carry_over.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <span>
#include <unordered_map>
#include <utility>

#include "db/columns.h"
#include "store/boards/job_events.h"
#include "store/runs/run_fates.h"
#include "store/runs/run_jobs.h"
#include "store/runs/runs.h"
#include "store/users/followings.h"
#include "store/users/roll_versions.h"

namespace rolecall {
namespace {

struct NamedRow {
  std::int64_t id;
  std::string_view external_id, path;
};

constexpr Columns kNamedRow(Column("id", &NamedRow::id),
                            Column("external_id", &NamedRow::external_id),
                            Column("path", &NamedRow::path));

// A job, and one of the rows that it is made of.
struct RowOfJob {
  std::int64_t id, row;
};

constexpr Columns kShownRow(Column("id", &RowOfJob::id), Column("shown", &RowOfJob::row));
constexpr Columns kContentRow(Column("id", &RowOfJob::id), Column("content", &RowOfJob::row));
constexpr Columns kGoneRow(Column("id", &RowOfJob::id), Column("gone", &RowOfJob::row));
constexpr Columns kAnyRow(Column("id", &RowOfJob::id), Column("job", &RowOfJob::row));

// The rows of some jobs, as the statements take them.
struct CarriedRows {
  RowsOf<kNamedRow> named;       // every job
  RowsOf<kShownRow> shown;       // where another row's words stand
  RowsOf<kContentRow> contents;  // where another row's content stands
  RowsOf<kGoneRow> gone;
  RowsOf<kAnyRow> all;  // those that stay among many, and those that go
  JobEventRows events;
};

CarriedRows RowsToCarry(std::span<const CarriedJob> jobs, std::int64_t reading_id, Timestamp now) {
  CarriedRows rows;
  for (const CarriedJob& job : jobs) {
    rows.named.Add(NamedRow{job.id, job.external_id, job.path});
    if (job.shown != job.id) rows.shown.Add(RowOfJob{job.id, job.shown});
    if (job.content != job.id) rows.contents.Add(RowOfJob{job.id, job.content});
    if (job.gone.empty()) continue;
    rows.all.Add(RowOfJob{job.id, job.id});
    for (const std::int64_t gone : job.gone) {
      rows.gone.Add(RowOfJob{job.id, gone});
      rows.all.Add(RowOfJob{job.id, gone});
    }
    const std::string joined =
        fmt::format("{} are one opening, {}", fmt::join(job.names, " and "), job.external_id);
    rows.events.Add(JobEventRow{job.id, reading_id, "joined", joined, now});
  }
  return rows;
}

constexpr auto kMoveWords = SqlText(R"(
      UPDATE board_jobs
      SET url = s.url, title = s.title, location = s.location, detail_location = s.detail_location,
        posted_at = s.posted_at, workplace = s.workplace, department = s.department,
        salary = s.salary, facts_digest = s.facts_digest,
        detail_posted_at = coalesce(s.detail_posted_at, board_jobs.detail_posted_at),
        detail_workplace = coalesce(s.detail_workplace, board_jobs.detail_workplace),
        detail_department = coalesce(s.detail_department, board_jobs.detail_department),
        detail_salary = coalesce(s.detail_salary, board_jobs.detail_salary),
        digest = s.digest, changed_reading = s.changed_reading, missing_reading = s.missing_reading,
        lacked_reading = s.lacked_reading, last_seen_reading = s.last_seen_reading,
        withheld_at = s.withheld_at, withheld_by_guard = s.withheld_by_guard,
        expired_at = s.expired_at, expired_reason = s.expired_reason,
        witnesses = s.witnesses,
        version = (SELECT b.version FROM boards b WHERE b.id = board_jobs.board_id)
      FROM {rows_of r: {shape}}
      JOIN board_jobs s ON s.id = r.shown
      WHERE board_jobs.id = r.id)")
                                .Fill("{shape}", kShapeOf<kShownRow>);

Result<void> MoveWords(Transaction& tx, const RowsOf<kShownRow>& shown) {
  CHECK_OK(tx->Run(kMoveWords, {{"r", shown.table()}}));
  return {};
}

constexpr auto kDropContents = SqlText(R"(
      DELETE FROM job_contents
      WHERE job_id IN (SELECT r.id FROM {rows_of r: {shape}}))")
                                   .Fill("{shape}", kShapeOf<kContentRow>);
constexpr auto kMoveContents = SqlText(R"(
      UPDATE job_contents
      SET job_id = r.id
      FROM {rows_of r: {shape}}
      WHERE job_contents.job_id = r.content)")
                                   .Fill("{shape}", kShapeOf<kContentRow>);
// What an answer stated goes with its words, where no other row has it.
constexpr auto kMoveDetailFacts = SqlText(R"(
      UPDATE board_jobs
      SET detail_posted_at = coalesce(board_jobs.detail_posted_at, s.detail_posted_at),
        detail_workplace = coalesce(board_jobs.detail_workplace, s.detail_workplace),
        detail_department = coalesce(board_jobs.detail_department, s.detail_department),
        detail_salary = coalesce(board_jobs.detail_salary, s.detail_salary),
        version = (SELECT b.version FROM boards b WHERE b.id = board_jobs.board_id)
      FROM {rows_of r: {shape}}
      JOIN board_jobs s ON s.id = r.content
      WHERE board_jobs.id = r.id)")
                                      .Fill("{shape}", kShapeOf<kContentRow>);
constexpr auto kDropContentsOfGone = SqlText(R"(
      DELETE FROM job_contents
      WHERE job_id IN (SELECT r.gone FROM {rows_of r: {shape}}))")
                                         .Fill("{shape}", kShapeOf<kGoneRow>);

Result<void> MoveContents(Transaction& tx, const RowsOf<kContentRow>& contents,
                          const RowsOf<kGoneRow>& gone) {
  CHECK_OK(tx->Run(kDropContents, {{"r", contents.table()}}));
  CHECK_OK(tx->Run(kMoveContents, {{"r", contents.table()}}));
  CHECK_OK(tx->Run(kMoveDetailFacts, {{"r", contents.table()}}));
  CHECK_OK(tx->Run(kDropContentsOfGone, {{"r", gone.table()}}));
  return {};
}

// A user's row of a job.
struct UserRow {
  std::int64_t user_id = 0, job_id = 0;
  std::string company;
  std::int64_t came_run_id = 0, wrote_run_id = 0;
  std::optional<std::int64_t> left_run_id;
  std::optional<Timestamp> expired_at;
  std::optional<std::string> expired_reason;
  std::int64_t version = 0;

  UserJob AsUserJob() const {
    return {.left = expired_at.has_value(),
            .missing = left_run_id.has_value(),
            .wrote_reading = wrote_run_id};
  }
};

// As it is found under its job of now, and as it is written.
constexpr Columns kFoundUserRow(Column("u.user_id", &UserRow::user_id),
                                Column("r.id", &UserRow::job_id),
                                Column("u.company", &UserRow::company),
                                Column("u.came_run_id", &UserRow::came_run_id),
                                Column("u.wrote_run_id", &UserRow::wrote_run_id),
                                Column("u.left_run_id", &UserRow::left_run_id),
                                Column("u.expired_at", &UserRow::expired_at),
                                Column("u.expired_reason", &UserRow::expired_reason));
constexpr Columns kUserRow(Column("user_id", &UserRow::user_id), Column("job_id", &UserRow::job_id),
                           Column("company", &UserRow::company),
                           Column("came_run_id", &UserRow::came_run_id),
                           Column("wrote_run_id", &UserRow::wrote_run_id),
                           Column("left_run_id", &UserRow::left_run_id),
                           Column("expired_at", &UserRow::expired_at),
                           Column("expired_reason", &UserRow::expired_reason),
                           Column("version", &UserRow::version));

constexpr auto kSelectUserRows = SqlOf<kFoundUserRow>(R"(
      SELECT {columns}
      FROM {rows_of r: {shape}}
      CROSS JOIN users n
      JOIN user_jobs u ON u.user_id = n.user_id AND u.job_id = r.job)")
                                     .Fill("{shape}", kShapeOf<kAnyRow>);
constexpr auto kDropUserRows = SqlText(R"(
      DELETE FROM user_jobs
      WHERE user_id IN (SELECT n.user_id FROM users n)
        AND job_id IN (SELECT r.job FROM {rows_of r: {shape}}))")
                                   .Fill("{shape}", kShapeOf<kAnyRow>);

// One row a user and job, as the pure rule has it. It came when the first of them did. The users
// are named, because rows are found by user and job.
Result<void> JoinUserJobs(Transaction& tx, const RowsOf<kAnyRow>& all) {
  std::map<std::pair<std::int64_t, std::int64_t>, UserRow> rows;
  CHECK_OK(tx->Each(kSelectUserRows, {{"r", all.table()}}, [&](const Row& row) {
    const UserRow read = kFoundUserRow(row);
    const auto [stands, is_first] = rows.try_emplace({read.user_id, read.job_id}, read);
    if (is_first) return;
    const std::int64_t came = std::min(stands->second.came_run_id, read.came_run_id);
    if (Outlasts(read.AsUserJob(), stands->second.AsUserJob())) stands->second = read;
    stands->second.came_run_id = came;
  }));
  RowsOf<kUserRow> written;
  std::int64_t user = 0, version = 0;
  for (auto& [key, row] : rows) {
    if (key.first != user) {
      user = key.first;
      TRY(version, MoveRollOn(tx, user, RollChange::kRowsTakenAway));
    }
    row.version = version;
    written.Add(row);
  }
  CHECK_OK(tx->Run(kDropUserRows, {{"r", all.table()}}));
  if (written.empty()) return {};
  return tx->InsertMany("user_jobs", kListOf<kUserRow>, written.table());
}

// Who marked one of them marked the opening.
constexpr auto kMoveMarks = SqlText(R"(
      INSERT INTO job_marks (user_id, job_id, hidden_at, applied_at)
      SELECT m.user_id, r.id, min(m.hidden_at), min(m.applied_at)
      FROM {rows_of r: {shape}}
      JOIN job_marks m ON m.job_id = r.gone
      GROUP BY m.user_id, r.id
      ON CONFLICT (user_id, job_id) DO UPDATE
      SET hidden_at = coalesce(job_marks.hidden_at, excluded.hidden_at),
        applied_at = coalesce(job_marks.applied_at, excluded.applied_at))")
                                .Fill("{shape}", kShapeOf<kGoneRow>);
constexpr auto kDropMarksOfGone = SqlText(R"(
      DELETE FROM job_marks
      WHERE job_id IN (SELECT r.gone FROM {rows_of r: {shape}}))")
                                      .Fill("{shape}", kShapeOf<kGoneRow>);

Result<void> MoveMarks(Transaction& tx, const RowsOf<kGoneRow>& gone) {
  CHECK_OK(tx->Run(kMoveMarks, {{"r", gone.table()}}));
  CHECK_OK(tx->Run(kDropMarksOfGone, {{"r", gone.table()}}));
  return {};
}

struct WantedTwice {
  std::int64_t run_id = 0;
  std::string company;
  int more_than_once = 0;
};

constexpr Columns kWantedTwice(Column("w.run_id", &WantedTwice::run_id),
                               Column("w.company", &WantedTwice::company),
                               Column("count(*) - count(DISTINCT r.id)",
                                      &WantedTwice::more_than_once));
constexpr auto kSelectWantedTwice = SqlOf<kWantedTwice>(R"(
      SELECT {columns}
      FROM run_contents w
      JOIN {rows_of r: {shape}} ON r.job = w.job_id
      GROUP BY w.run_id, w.company
      HAVING count(*) > count(DISTINCT r.id))")
                                        .Fill("{shape}", kShapeOf<kAnyRow>);
constexpr auto kMoveWanted = SqlText(R"(
      INSERT INTO run_contents (run_id, company, job_id)
      SELECT DISTINCT w.run_id, w.company, r.id
      FROM run_contents w
      JOIN {rows_of r: {shape}} ON r.gone = w.job_id
      WHERE NOT EXISTS (
          SELECT 1
          FROM run_contents o
          WHERE o.run_id = w.run_id AND o.company = w.company AND o.job_id = r.id))")
                                 .Fill("{shape}", kShapeOf<kGoneRow>);
constexpr auto kDropWantedOfGone = SqlText(R"(
      DELETE FROM run_contents
      WHERE job_id IN (SELECT r.gone FROM {rows_of r: {shape}}))")
                                       .Fill("{shape}", kShapeOf<kGoneRow>);

// What runs under way still have to ask for, once each; what was asked for twice counts as skipped.
Result<void> JoinWanted(Transaction& tx, const CarriedRows& rows) {
  TRY(const auto twice,
      QueryAll(tx.db(), kSelectWantedTwice, {{"r", rows.all.table()}}, kWantedTwice));
  CHECK_OK(tx->Run(kMoveWanted, {{"r", rows.gone.table()}}));
  CHECK_OK(tx->Run(kDropWantedOfGone, {{"r", rows.gone.table()}}));
  for (const WantedTwice& one : twice)
    CHECK_OK(AddContentCounts(tx, {one.run_id, one.company}, {.skipped = one.more_than_once}));
  return {};
}

constexpr auto kDropApprovals = SqlText(R"(
      DELETE FROM run_approvals
      WHERE job_id IN (SELECT r.id FROM {rows_of r: {shape}}))")
                                    .Fill("{shape}", kShapeOf<kShownRow>);
constexpr auto kMoveApprovals = SqlText(R"(
      UPDATE run_approvals
      SET job_id = r.id
      FROM {rows_of r: {shape}}
      WHERE run_approvals.job_id = r.shown)")
                                    .Fill("{shape}", kShapeOf<kShownRow>);
constexpr auto kDropApprovalsOfGone = SqlText(R"(
      DELETE FROM run_approvals
      WHERE job_id IN (SELECT r.gone FROM {rows_of r: {shape}}))")
                                          .Fill("{shape}", kShapeOf<kGoneRow>);

// A person's word was about the row that is shown from now on, or about another job.
Result<void> MoveApprovals(Transaction& tx, const RowsOf<kShownRow>& shown,
                           const RowsOf<kGoneRow>& gone) {
  CHECK_OK(tx->Run(kDropApprovals, {{"r", shown.table()}}));
  CHECK_OK(tx->Run(kMoveApprovals, {{"r", shown.table()}}));
  CHECK_OK(tx->Run(kDropApprovalsOfGone, {{"r", gone.table()}}));
  return {};
}

constexpr auto kMoveHistory = SqlText(R"(
      UPDATE job_events
      SET job_id = r.id
      FROM {rows_of r: {shape}}
      WHERE job_events.job_id = r.gone)")
                                  .Fill("{shape}", kShapeOf<kGoneRow>);
constexpr auto kDropGone = SqlText(R"(
      DELETE FROM board_jobs
      WHERE id IN (SELECT r.gone FROM {rows_of r: {shape}}))")
                               .Fill("{shape}", kShapeOf<kGoneRow>);

// Before its rows go: what stands in them is moved first.
Result<void> JoinRows(Transaction& tx, const CarriedRows& rows) {
  CHECK_OK(MoveWords(tx, rows.shown));
  CHECK_OK(MoveContents(tx, rows.contents, rows.gone));
  CHECK_OK(tx->Run(kMoveHistory, {{"r", rows.gone.table()}}));
  CHECK_OK(AddEvents(tx, rows.events));
  CHECK_OK(JoinUserJobs(tx, rows.all));
  CHECK_OK(MoveMarks(tx, rows.gone));
  CHECK_OK(MoveApprovals(tx, rows.shown, rows.gone));
  CHECK_OK(tx->Run(kDropGone, {{"r", rows.gone.table()}}));
  return JoinWanted(tx, rows);
}

constexpr auto kNameJobs = SqlText(R"(
      UPDATE board_jobs
      SET external_id = r.external_id, path = nullif(r.path, '')
      FROM {rows_of r: {shape}}
      WHERE board_jobs.id = r.id)")
                               .Fill("{shape}", kShapeOf<kNamedRow>);

}  // namespace

Result<void> WriteCarryOver(Transaction& tx, std::int64_t board_id, std::int64_t reading_id,
                            const std::vector<CarriedJob>& carried, Timestamp now) {
  std::unordered_map<std::int64_t, std::int64_t> becomes;
  for (std::size_t first = 0; first < carried.size(); first += kRowsAStatement) {
    const std::span jobs =
        std::span(carried).subspan(first, std::min(kRowsAStatement, carried.size() - first));
    const CarriedRows rows = RowsToCarry(jobs, reading_id, now);
    if (!rows.gone.empty()) {
      CHECK_OK(JoinRows(tx, rows));
      CHECK_OK(ForgetProjectedVersions(tx, board_id));
    }
    CHECK_OK(tx->Run(kNameJobs, {{"r", rows.named.table()}}));
    for (const CarriedJob& job : jobs)
      for (const std::int64_t gone : job.gone) becomes.emplace(gone, job.id);
  }
  if (becomes.empty()) return {};
  CHECK_OK(RenumberSeen(tx, board_id, becomes));
  return RenumberFates(tx, board_id, becomes);
}

}  // namespace rolecall
