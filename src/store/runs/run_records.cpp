// Reads runs back, whole or as a list.
#include <fmt/format.h>

#include "store/runs/count_columns.h"
#include "store/runs/runs.h"

namespace rolecall {
namespace {

// What ReadRun reads.
constexpr auto kRuns = SqlText(R"(
      SELECT id, user_id, status, error_message, trigger, ingestion, created_at, started_at,
        finished_at, parent_run_id, )") +
                       kSumColumns + R"(
      FROM ingestion_runs
      WHERE user_id = :user)";
constexpr auto kSelectRun = kRuns + R"(
        AND id = :run)";
constexpr auto kSelectRuns = kRuns + R"(
        AND (:before = 0 OR id < :before)
      ORDER BY id DESC
      LIMIT :limit)";

RunRecord ReadRun(const Row& row) {
  RunRecord run{.id = row.Int(0),
                .user_id = row.Int(1),
                .status = RunStatusOf(row.Text(2)).value_or(RunStatus::kError),
                .error_message = row.String(3),
                .trigger = row.String(4),
                .ingestion = IngestionOf(row.Text(5)),
                .parent_run_id = row.Int(9),
                .created_at = row.Time(6),
                .started_at = row.MaybeTime(7),
                .finished_at = row.MaybeTime(8)};
  ReadCounts(row, 10, WhichCounts::kSummed, run.totals);
  return run;
}

// What ReadCompanyOfRun reads.
constexpr auto kCompaniesOfRun = SqlText(R"(
      SELECT company, board_id, stage, error_message, reading_id, since_reading, started_at,
        finished_at, )") + kCountColumns +
                                 R"(
      FROM run_companies
      WHERE run_id = :run)";
constexpr auto kSelectCompaniesOfRun = kCompaniesOfRun + R"(
      ORDER BY company)";
constexpr auto kSelectCompanyOfRun = kCompaniesOfRun + R"(
        AND company = :company)";

CompanyOfRun ReadCompanyOfRun(const Row& row) {
  CompanyOfRun one{.company = row.String(0),
                   .board_id = row.Int(1),
                   .stage = StageOf(row.Text(2)).value_or(Stage::kError),
                   .error_message = row.String(3),
                   .counts = {},
                   .reading_id = row.Int(4),
                   .since_reading = row.Int(5),
                   .started_at = row.MaybeTime(6),
                   .finished_at = row.MaybeTime(7)};
  ReadCounts(row, 8, WhichCounts::kAll, one.counts);
  return one;
}

std::unexpected<Error> NoSuchRun(std::int64_t run_id) {
  return Fail(Errc::kNotFound, fmt::format("there is no run {}", run_id));
}

}  // namespace

Result<RunRecord> LoadRun(Connection& db, std::int64_t user_id, std::int64_t run_id) {
  TRY(auto run, QueryOne(db, kSelectRun, {{"run", run_id}, {"user", user_id}}, ReadRun));
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
  return QueryAll(db, kSelectRuns, {{"user", user_id}, {"before", before}, {"limit", limit}},
                  ReadRun);
}

}  // namespace rolecall
