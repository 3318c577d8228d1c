// The view for the job, the events for its life.
#include "store/users/job_life.h"

#include <fmt/format.h>

namespace rolecall {

Result<JobLife> LoadJobLife(Connection& db, std::int64_t user_id, std::int64_t job_id) {
  TRY(auto jobs, LoadJobsById(db, user_id, {job_id}));
  if (jobs.empty()) return Fail(Errc::kNotFound, fmt::format("there is no job {}", job_id));
  JobLife life{.job = std::move(jobs.front()), .events = {}};
  CHECK_OK(db.Each("SELECT description, requirements FROM job_contents WHERE job_id = :job",
                   {{"job", job_id}}, [&](const Row& row) {
                     life.description = row.String(0);
                     life.requirements = row.String(1);
                   }));
  TRY(life.events, QueryAll(db,
                            R"(
      SELECT e.reading_id, e.kind, e.detail, e.at, r.completeness, r.listed
      FROM job_events e
      LEFT JOIN readings r ON r.id = e.reading_id
      WHERE e.job_id = :job
      ORDER BY e.at, e.reading_id)",
                            {{"job", job_id}}, [](const Row& row) {
                              return JobEvent{.reading_id = row.Int(0),
                                              .kind = row.String(1),
                                              .detail = row.String(2),
                                              .at = row.Time(3),
                                              .completeness = row.String(4),
                                              .listed = static_cast<int>(row.Int(5))};
                            }));
  return life;
}

}  // namespace rolecall
