// Reads runs back, whole or as a list.
#include <fmt/format.h>

#include "db/columns.h"
#include "store/runs/count_columns.h"
#include "store/runs/runs.h"

namespace rolecall {
namespace {

RunStatus RunStatusOrError(std::string_view name) {
  return RunStatusOf(name).value_or(RunStatus::kError);
}
Stage StageOrError(std::string_view name) { return StageOf(name).value_or(Stage::kError); }

constexpr SqlText kWarningCount =
    "(SELECT count(*) FROM run_warnings w WHERE w.run_id = ingestion_runs.id)";

constexpr Columns kRun(Column("id", &RunRecord::id), Column("user_id", &RunRecord::user_id),
                       Column("status", &RunRecord::status, RunStatusOrError),
                       Column("error_message", &RunRecord::error_message),
                       Column("trigger", &RunRecord::trigger),
                       Column("ingestion", &RunRecord::ingestion, IngestionOf),
                       Column("parent_run_id", &RunRecord::parent_run_id),
                       Column("created_at", &RunRecord::created_at),
                       Column("started_at", &RunRecord::started_at),
                       Column("finished_at", &RunRecord::finished_at),
                       Column(kWarningCount.text, &RunRecord::warning_count));

constexpr auto kRuns = SqlOf<kRun>(R"(
      SELECT {columns}, {sums}
      FROM ingestion_runs
      WHERE user_id = :user)")
                           .Fill("{sums}", kSumColumns);
constexpr auto kSelectRun = kRuns + R"(
        AND id = :run)";
constexpr auto kSelectRuns = kRuns + R"(
        AND (:before = 0 OR id < :before)
      ORDER BY id DESC
      LIMIT :limit)";

RunRecord ReadRun(const Row& row) {
  RunRecord run = kRun(row);
  ReadCounts(row, kRun.size(), WhichCounts::kSummed, run.totals);
  return run;
}

constexpr Columns kCompanyOfRun(Column("company", &CompanyOfRun::company),
                                Column("board_id", &CompanyOfRun::board_id),
                                Column("stage", &CompanyOfRun::stage, StageOrError),
                                Column("error_message", &CompanyOfRun::error_message),
                                Column("reading_id", &CompanyOfRun::reading_id),
                                Column("since_reading", &CompanyOfRun::since_reading),
                                Column("started_at", &CompanyOfRun::started_at),
                                Column("finished_at", &CompanyOfRun::finished_at));

constexpr auto kCompaniesOfRun = SqlOf<kCompanyOfRun>(R"(
      SELECT {columns}, {counts}
      FROM run_companies
      WHERE run_id = :run)")
                                     .Fill("{counts}", kCountColumns);
constexpr auto kSelectCompaniesOfRun = kCompaniesOfRun + R"(
      ORDER BY company)";
constexpr auto kSelectCompanyOfRun = kCompaniesOfRun + R"(
        AND company = :company)";

CompanyOfRun ReadCompanyOfRun(const Row& row) {
  CompanyOfRun one = kCompanyOfRun(row);
  ReadCounts(row, kCompanyOfRun.size(), WhichCounts::kAll, one.counts);
  return one;
}

constexpr Columns kWarning(Column("company", &RunWarning::company),
                           Column("message", &RunWarning::message));
constexpr auto kSelectWarnings = SqlOf<kWarning>(R"(
      SELECT {columns}
      FROM run_warnings
      WHERE run_id = :run
      ORDER BY at, company, message)");

std::unexpected<Error> NoSuchRun(std::int64_t run_id) {
  return Fail(Errc::kNotFound, fmt::format("there is no run {}", run_id));
}

}  // namespace

Result<RunRecord> LoadRun(Connection& db, std::int64_t user_id, std::int64_t run_id) {
  TRY(auto run, QueryOne(db, kSelectRun, {{"run", run_id}, {"user", user_id}}, ReadRun));
  if (!run) return NoSuchRun(run_id);
  TRY(run->warnings, QueryAll(db, kSelectWarnings, {{"run", run_id}}, kWarning));
  TRY(run->companies, QueryAll(db, kSelectCompaniesOfRun, {{"run", run_id}}, ReadCompanyOfRun));
  return *std::move(run);
}

Result<RunStatus> LoadRunStatus(Connection& db, std::int64_t user_id, std::int64_t run_id) {
  TRY(const auto status,
      QueryOne(db, "SELECT status FROM ingestion_runs WHERE id = :run AND user_id = :user",
               {{"run", run_id}, {"user", user_id}}, FirstColumn<std::string>));
  if (!status) return NoSuchRun(run_id);
  return RunStatusOrError(*status);
}

Result<std::set<std::int64_t>> FindEndedRuns(Connection& db,
                                             const std::vector<std::int64_t>& run_ids) {
  IdRows runs;
  for (const std::int64_t id : run_ids) runs.Add(IdRow{id});
  std::set<std::int64_t> ended;
  CHECK_OK(db.Each(R"(
      SELECT id
      FROM ingestion_runs
      WHERE id IN (SELECT r.id FROM {rows_of r: id bigint})
        AND status IN ('finished', 'error', 'aborted'))",
                   {{"r", runs.table()}}, [&](const Row& row) { ended.insert(row.Int(0)); }));
  return ended;
}

Result<std::optional<CompanyOfRun>> LoadCompany(Connection& db, const CompanyKey& key) {
  return QueryOne(db, kSelectCompanyOfRun, {{"run", key.run_id}, {"company", key.company}},
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
      SELECT u.user_id
      FROM users u
      WHERE (
            EXISTS (
                SELECT 1
                FROM user_company_settings s
                WHERE s.user_id = u.user_id AND s.is_enabled)
            OR EXISTS (
                SELECT 1
                FROM departures d
                WHERE d.user_id = u.user_id))
        AND NOT EXISTS (
            SELECT 1
            FROM ingestion_runs r
            WHERE r.user_id = u.user_id AND (r.created_at > :since OR r.finished_at IS NULL))
      ORDER BY u.user_id)",
                  {{"since", since}}, FirstColumn<std::int64_t>);
}

Result<std::vector<RunRecord>> ListRuns(Connection& db, std::int64_t user_id, int limit,
                                        std::int64_t before) {
  return QueryAll(db, kSelectRuns, {{"user", user_id}, {"before", before}, {"limit", limit}},
                  ReadRun);
}

}  // namespace rolecall
