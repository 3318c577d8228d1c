// Reads runs back, whole or as a list.
#include <fmt/format.h>

#include "store/runs.h"

namespace rolecall {
namespace {

RunRecord ReadRun(const Row& row) {
  RunRecord run{.id = row.Int(0),
                .user_id = row.Int(1),
                .status = RunStatusOf(row.Text(2)).value_or(RunStatus::kError),
                .error_message = row.String(3),
                .trigger = row.String(4),
                .ingestion = IngestionOf(row.Text(5)),
                .parent_run_id = row.Int(20),
                .created_at = row.Time(6),
                .started_at = row.MaybeTime(7),
                .finished_at = row.MaybeTime(8)};
  const auto number = [&](int column) { return static_cast<int>(row.Int(column)); };
  run.totals = {.included = number(9),
                .new_jobs = number(10),
                .changed = number(11),
                .unchanged = number(12),
                .reopened = number(13),
                .missing = number(14),
                .expired = number(15),
                .withheld = number(16),
                .ready = number(17),
                .skipped = number(18),
                .failed = number(19)};
  return run;
}

// What ReadCompanyOfRun reads.
constexpr SqlText kCompaniesOfRun = R"(
      SELECT company, board_id, stage, error_message, listed, included, excluded, new_jobs, changed,
        unchanged, reopened, missing, expired, withheld, active_before, not_reconciled, ready,
        skipped, failed, reading_id, since_reading, started_at, finished_at
      FROM run_companies
      WHERE run_id = :run)";
constexpr auto kSelectCompaniesOfRun = kCompaniesOfRun + R"(
      ORDER BY company)";
constexpr auto kSelectCompanyOfRun = kCompaniesOfRun + R"(
        AND company = :company)";

CompanyOfRun ReadCompanyOfRun(const Row& row) {
  const auto number = [&](int column) { return static_cast<int>(row.Int(column)); };
  return {.company = row.String(0),
          .board_id = row.Int(1),
          .stage = StageOf(row.Text(2)).value_or(Stage::kError),
          .error_message = row.String(3),
          .counts = {.listed = number(4),
                     .included = number(5),
                     .excluded = number(6),
                     .new_jobs = number(7),
                     .changed = number(8),
                     .unchanged = number(9),
                     .reopened = number(10),
                     .missing = number(11),
                     .expired = number(12),
                     .withheld = number(13),
                     .active_before = number(14),
                     .not_reconciled = number(15),
                     .ready = number(16),
                     .skipped = number(17),
                     .failed = number(18)},
          .reading_id = row.Int(19),
          .since_reading = row.Int(20),
          .started_at = row.MaybeTime(21),
          .finished_at = row.MaybeTime(22)};
}

std::unexpected<Error> NoSuchRun(std::int64_t run_id) {
  return Fail(Errc::kNotFound, fmt::format("there is no run {}", run_id));
}

}  // namespace

Result<RunRecord> LoadRun(Connection& db, std::int64_t user_id, std::int64_t run_id) {
  TRY(auto run, QueryOne(db,
                         R"(
      SELECT id,
        user_id, status, error_message, trigger, ingestion, created_at, started_at, finished_at,
        total_jobs, jobs_new, jobs_changed, jobs_unchanged, jobs_reopened, jobs_missing,
        jobs_expired, jobs_withheld, jobs_ready, jobs_skipped, jobs_failed, parent_run_id
      FROM ingestion_runs
      WHERE id = :run AND user_id = :user)",
                         {{"run", run_id}, {"user", user_id}}, ReadRun));
  if (!run) return NoSuchRun(run_id);
  TRY(run->warnings, QueryAll(db,
                              R"(
      SELECT company, message
      FROM run_warnings
      WHERE run_id = :run
      ORDER BY at, company, message)",
                              {{"run", run_id}}, [](const Row& row) {
                                return RunWarning{row.String(0), row.String(1)};
                              }));
  TRY(run->companies, QueryAll(db, kSelectCompaniesOfRun, {{"run", run_id}}, ReadCompanyOfRun));
  return *std::move(run);
}

Result<RunStatus> LoadRunStatus(Connection& db, std::int64_t user_id, std::int64_t run_id) {
  TRY(const auto status,
      QueryOne(db, "SELECT status FROM ingestion_runs WHERE id = :run AND user_id = :user",
               {{"run", run_id}, {"user", user_id}},
               [](const Row& row) { return RunStatusOf(row.Text(0)); }));
  if (!status) return NoSuchRun(run_id);
  return status->value_or(RunStatus::kError);
}

Result<std::optional<CompanyOfRun>> LoadCompany(Connection& db, std::int64_t run_id,
                                                std::string_view company) {
  return QueryOne(db, kSelectCompanyOfRun, {{"run", run_id}, {"company", company}},
                  ReadCompanyOfRun);
}

Result<bool> HasRunSince(Connection& db, std::int64_t user_id, Timestamp since) {
  TRY(const auto found,
      QueryOne(db,
               "SELECT 1 FROM ingestion_runs WHERE user_id = :user AND created_at > :since LIMIT 1",
               {{"user", user_id}, {"since", since}}, [](const Row&) { return true; }));
  return found.has_value();
}

Result<std::vector<std::int64_t>> LoadDueUsers(Connection& db, Timestamp since) {
  return QueryAll(db,
                  R"(
      SELECT DISTINCT s.user_id
      FROM user_company_settings s
      WHERE s.is_enabled
        AND NOT EXISTS (
            SELECT 1
            FROM ingestion_runs r
            WHERE r.user_id = s.user_id AND (r.created_at > :since OR r.finished_at IS NULL))
      ORDER BY s.user_id)",
                  {{"since", since}}, [](const Row& row) { return row.Int(0); });
}

Result<std::vector<RunRecord>> ListRuns(Connection& db, std::int64_t user_id, int limit,
                                        std::int64_t before) {
  return QueryAll(db,
                  R"(
      SELECT id,
        user_id, status, error_message, trigger, ingestion, created_at, started_at, finished_at,
        total_jobs, jobs_new, jobs_changed, jobs_unchanged, jobs_reopened, jobs_missing,
        jobs_expired, jobs_withheld, jobs_ready, jobs_skipped, jobs_failed, parent_run_id
      FROM ingestion_runs
      WHERE user_id = :user AND (:before = 0 OR id < :before)
      ORDER BY id DESC
      LIMIT :limit)",
                  {{"user", user_id}, {"before", before}, {"limit", limit}}, ReadRun);
}

}  // namespace rolecall
