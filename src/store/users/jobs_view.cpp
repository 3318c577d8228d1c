// One list of columns for every way to a job.
#include "store/users/jobs_view.h"

#include <algorithm>
#include <unordered_map>

namespace rolecall {
namespace {

// What ReadJob reads.
constexpr SqlText kJobsView = R"(
      SELECT v.id, v.run_id, v.company, v.external_id, v.url, v.status, v.title, v.location,
        v.error_message, v.first_seen_at, v.last_seen_at, v.missing_since, v.withheld_since,
        v.expired_at, v.expired_reason)";

constexpr auto kSelectJobs = kJobsView + R"(
      FROM jobs v
      WHERE v.user_id = :user
        AND (:every_company OR v.company IN (SELECT r.name FROM {rows_of r: name text}))
        AND (
            :status = 'all'
            OR v.status = :status
            OR (:status = 'open' AND v.status <> 'expired'))
        AND (
            :run = 0
            OR EXISTS (
                SELECT 1
                FROM user_jobs u
                WHERE u.user_id = v.user_id AND u.job_id = v.id AND u.came_run_id = :run))
        AND (:any_age OR v.first_seen_at >= :since)
      ORDER BY v.company, v.title, v.external_id)";

constexpr auto kSelectJobsById = kJobsView + R"(
      FROM {rows_of r: id bigint}
      JOIN jobs v ON v.id = r.id
      WHERE v.user_id = :user)";

JobRow ReadJob(const Row& row) {
  return {.id = row.Int(0),
          .run_id = row.Int(1),
          .company = row.String(2),
          .external_id = row.String(3),
          .url = row.String(4),
          .status = row.String(5),
          .title = row.String(6),
          .location = row.String(7),
          .error_message = row.String(8),
          .first_seen_at = row.Time(9),
          .last_seen_at = row.Time(10),
          .missing_since = row.MaybeTime(11),
          .withheld_since = row.MaybeTime(12),
          .expired_at = row.MaybeTime(13),
          .expired_reason = row.String(14)};
}

}  // namespace

Result<std::vector<JobRow>> LoadJobs(Connection& db, std::int64_t user_id, const JobQuery& query) {
  Table companies(1);
  for (const std::string& one : query.companies) companies.Text(one);
  return QueryAll(db, kSelectJobs,
                  {{"user", user_id},
                   {"every_company", query.companies.empty()},
                   {"r", companies},
                   {"status", query.status},
                   {"run", query.new_in_run},
                   {"any_age", !query.since.has_value()},
                   {"since", query.since.value_or(Timestamp{})}},
                  ReadJob);
}

Result<std::vector<JobRow>> LoadJobsById(Connection& db, std::int64_t user_id,
                                         const std::vector<std::int64_t>& ids) {
  Table wanted(1);
  std::unordered_map<std::int64_t, std::size_t> order;
  for (const std::int64_t id : ids) {
    order.emplace(id, order.size());
    wanted.Int(id);
  }
  TRY(auto jobs, QueryAll(db, kSelectJobsById, {{"r", wanted}, {"user", user_id}}, ReadJob));
  std::ranges::sort(jobs, {}, [&](const JobRow& job) { return order[job.id]; });
  return jobs;
}

}  // namespace rolecall
