// Reads jobs as they are shown. One list of columns for every way to a job.
#include "store/users/jobs_view.h"

#include <algorithm>
#include <unordered_map>

#include "db/columns.h"
#include "store/users/company_names.h"

namespace rolecall {
namespace {

constexpr Columns kJob(
    Column("v.id", &JobRow::id), Column("v.run_id", &JobRow::run_id),
    Column("v.company", &JobRow::company), Column("v.external_id", &JobRow::external_id),
    Column("v.url", &JobRow::url), Column("v.status", &JobRow::status),
    Column("v.title", &JobRow::title), Column("v.location", &JobRow::location),
    Column("v.error_message", &JobRow::error_message), Column("v.workplace", &JobRow::workplace),
    Column("v.department", &JobRow::department), Column("v.salary", &JobRow::salary),
    Column("v.posted_at", &JobRow::posted_at), Column("v.times_posted", &JobRow::times_posted),
    Column("v.back_after_days", &JobRow::back_after_days),
    Column("v.first_seen_at", &JobRow::first_seen_at),
    Column("v.last_seen_at", &JobRow::last_seen_at),
    Column("v.missing_since", &JobRow::missing_since),
    Column("v.withheld_since", &JobRow::withheld_since),
    Column("v.expired_at", &JobRow::expired_at),
    Column("v.expired_reason", &JobRow::expired_reason), Column("v.hidden_at", &JobRow::hidden_at),
    Column("v.applied_at", &JobRow::applied_at),
    Column("v.company_hidden_at", &JobRow::company_hidden_at),
    Column("v.changed_since_hidden", &JobRow::changed_since_hidden));

constexpr auto kSelectJobs = SqlOf<kJob>(R"(
      SELECT {columns}
      FROM jobs v
      WHERE v.user_id = :user
        AND (:every_company OR v.company IN (SELECT r.name FROM {rows_of r: {shape}}))
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
      ORDER BY v.company, v.title, v.external_id)")
                                 .Fill("{shape}", kShapeOf<kCompanyName>);

constexpr auto kSelectJobsById = SqlOf<kJob>(R"(
      SELECT {columns}
      FROM {rows_of r: {shape}}
      JOIN jobs v ON v.id = r.id
      WHERE v.user_id = :user)")
                                     .Fill("{shape}", kShapeOf<kIdRow>);

}  // namespace

Result<std::vector<JobRow>> LoadJobs(Connection& db, std::int64_t user_id, const JobQuery& query) {
  const auto companies = RowsOfCompanies(query.companies);
  return QueryAll(db, kSelectJobs,
                  {{"user", user_id},
                   {"every_company", query.companies.empty()},
                   {"r", companies.table()},
                   {"status", query.status},
                   {"run", query.new_in_run},
                   {"any_age", !query.since.has_value()},
                   {"since", query.since.value_or(Timestamp{})}},
                  kJob);
}

Result<std::vector<JobRow>> LoadJobsById(Connection& db, std::int64_t user_id,
                                         const std::vector<std::int64_t>& ids) {
  IdRows wanted;
  std::unordered_map<std::int64_t, std::size_t> order;
  for (const std::int64_t id : ids) {
    order.emplace(id, order.size());
    wanted.Add(IdRow{id});
  }
  TRY(auto jobs, QueryAll(db, kSelectJobsById, {{"r", wanted.table()}, {"user", user_id}}, kJob));
  std::ranges::sort(jobs, {}, [&](const JobRow& job) { return order[job.id]; });
  return jobs;
}

}  // namespace rolecall
