// Ready or skipped as WriteContents counts: by what came since the user's last run.
#include "store/run_jobs.h"

namespace rolecall {

Result<std::vector<JobOfRun>> LoadJobsOfRun(Connection& db, std::int64_t run_id, int most) {
  return QueryAll(
      db,
      "SELECT u.company, j.external_id, j.title, "
      "CASE WHEN u.expired_at IS NOT NULL THEN 'expired' "
      "WHEN w.job_id IS NOT NULL THEN 'pending' "
      "WHEN c.state = 'mocked' THEN 'ready' "
      "WHEN c.state = 'error' THEN 'error' "
      "WHEN coalesce(c.state, 'pending') = 'pending' THEN 'pending' "
      "WHEN u.wrote_run_id = n.id OR c.changed_reading > r.since_reading THEN 'ready' "
      "ELSE 'skipped' END "
      "FROM ingestion_runs n "
      "JOIN user_jobs u ON u.user_id = n.user_id "
      "JOIN board_jobs j ON j.id = u.job_id "
      "LEFT JOIN job_contents c ON c.job_id = u.job_id "
      "LEFT JOIN user_company_settings s ON s.user_id = u.user_id AND s.company_name = u.company "
      "LEFT JOIN run_companies r ON r.run_id = n.id AND r.company = u.company "
      "LEFT JOIN run_contents w ON w.run_id = n.id AND w.company = u.company AND w.job_id = "
      "u.job_id "
      "WHERE n.id = :run AND ((u.expired_at IS NULL AND u.left_run_id IS NULL "
      "AND (u.wrote_run_id = n.id OR s.last_run_id = n.id)) "
      "OR (u.expired_at >= n.started_at AND u.expired_at <= coalesce(n.finished_at, "
      "u.expired_at))) "
      "ORDER BY u.company, j.title, j.external_id LIMIT :most",
      {{"run", run_id}, {"most", most}}, [](const Row& row) {
        return JobOfRun{row.String(0), row.String(1), row.String(2), row.String(3)};
      });
}

}  // namespace rolecall
