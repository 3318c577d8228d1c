// Counts launches beside the runs themselves, so that of several who look at a run one launches it.
#include "store/runs/launches.h"

#include <fmt/format.h>

#include "db/columns.h"

namespace rolecall {
namespace {

constexpr Columns kLaunchable(Column("id", &LaunchableRun::run_id),
                              Column("user_id", &LaunchableRun::user_id),
                              Column("run_key", &LaunchableRun::run_key),
                              Column("launches", &LaunchableRun::launches));
constexpr auto kSelectLaunchable = SqlOf<kLaunchable>(R"(
      SELECT {columns}
      FROM ingestion_runs
      WHERE id = :run)");
constexpr auto kSelectLeftRuns = SqlOf<kLaunchable>(R"(
      SELECT {columns}
      FROM ingestion_runs r
      WHERE status IN ('pending', 'initializing', 'ingesting')
        AND (launches > 0 OR heartbeat_at < :before)
        AND (launched_at IS NULL OR launched_at < :before)
        AND NOT EXISTS (
            SELECT 1
            FROM workers w
            WHERE (w.run_id = r.id OR w.run_id = 0) AND w.until > :now)
      ORDER BY id)");

constexpr Columns kAttendance(Column("name", &Attendance::worker),
                              Column("until", &Attendance::until));
constexpr auto kSelectAttendance = SqlOf<kAttendance>(R"(
      SELECT {columns}
      FROM workers
      WHERE (run_id = :run OR run_id = 0) AND until > :now
      ORDER BY name)");

}  // namespace

Result<LaunchableRun> LoadLaunchable(Connection& db, std::int64_t run_id) {
  TRY(auto run, QueryOne(db, kSelectLaunchable, {{"run", run_id}}, kLaunchable));
  if (!run) return Fail(Errc::kNotFound, fmt::format("there is no run {}", run_id));
  return *std::move(run);
}

Result<std::vector<LaunchableRun>> LoadLeftRuns(Connection& db, Timestamp before, Timestamp now) {
  return QueryAll(db, kSelectLeftRuns, {{"before", before}, {"now", now}}, kLaunchable);
}

Result<bool> NoteLaunch(Transaction& tx, const LaunchableRun& run, Timestamp now) {
  TRY(const auto noted, tx->Run(R"(
      UPDATE ingestion_runs
      SET launched_at = :now, launches = launches + 1
      WHERE id = :run AND launches = :launches AND finished_at IS NULL)",
                                {{"now", now}, {"run", run.run_id}, {"launches", run.launches}}));
  return noted == 1;
}

Result<void> NoteDoubtfulLaunch(Transaction& tx, std::int64_t run_id) {
  CHECK_OK(tx->Run("UPDATE ingestion_runs SET launched_at = NULL WHERE id = :run AND launches = 1",
                   {{"run", run_id}}));
  return {};
}

Result<void> NoteTakenUp(Transaction& tx, std::int64_t run_id) {
  CHECK_OK(tx->Run("UPDATE ingestion_runs SET launches = 0 WHERE id = :run", {{"run", run_id}}));
  return {};
}

Result<std::vector<Attendance>> LoadAttendance(Connection& db, std::int64_t run_id, Timestamp now) {
  return QueryAll(db, kSelectAttendance, {{"run", run_id}, {"now", now}}, kAttendance);
}

}  // namespace rolecall
