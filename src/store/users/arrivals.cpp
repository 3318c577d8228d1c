// Finds when jobs came to a user. By the board, not by the company, which may have another name
// since.
#include "store/users/arrivals.h"

#include <algorithm>
#include <optional>
#include <tuple>
#include <unordered_map>

#include "db/columns.h"

namespace rolecall {
namespace {

struct Coming {
  std::int64_t job_id, run_id;
  std::optional<Timestamp> run_at, read_at;
};

constexpr SqlText kReadAt = R"((
          SELECT max(d.finished_at)
          FROM run_companies c
          JOIN readings d ON d.id = c.reading_id
          WHERE c.run_id = u.came_run_id AND c.board_id = j.board_id))";
constexpr Columns kComing(Column("u.job_id", &Coming::job_id),
                          Column("u.came_run_id", &Coming::run_id),
                          Column("n.created_at", &Coming::run_at),
                          Column(kReadAt.text, &Coming::read_at));
constexpr auto kSelectComings = SqlOf<kComing>(R"(
      SELECT {columns}
      FROM {rows_of r: id bigint}
      JOIN user_jobs u ON u.user_id = :user AND u.job_id = r.id
      JOIN board_jobs j ON j.id = u.job_id
      LEFT JOIN ingestion_runs n ON n.id = u.came_run_id
      WHERE u.expired_at IS NULL)");

Result<std::unordered_map<std::int64_t, Coming>> LoadComings(Connection& db, std::int64_t user_id,
                                                             const std::vector<JobRow>& jobs) {
  IdRows ids;
  for (const JobRow& job : jobs) ids.Add(IdRow{job.id});
  std::unordered_map<std::int64_t, Coming> comings;
  CHECK_OK(db.Each(kSelectComings, {{"r", ids.table()}, {"user", user_id}}, [&](const Row& row) {
    const Coming coming = kComing(row);
    comings.emplace(coming.job_id, coming);
  }));
  return comings;
}

Timestamp TimeOf(const Coming& coming, const JobRow& job) {
  const Timestamp run_at = coming.run_at.value_or(job.first_seen_at);
  return std::max(run_at, coming.read_at.value_or(run_at));
}

}  // namespace

Result<std::vector<Arrival>> FindArrivals(Connection& db, std::int64_t user_id, JobFilter filter,
                                          int most) {
  if (filter.status == JobStatusFilter::kExpired) return {};
  if (filter.status == JobStatusFilter::kAll) filter.status = JobStatusFilter::kOpen;
  TRY(auto found,
      FindJobs(db, user_id,
               {.filter = std::move(filter), .sort = JobSort::kCame, .after = {}, .limit = most}));
  TRY(const auto comings, LoadComings(db, user_id, found.jobs));
  std::vector<Arrival> arrivals;
  for (JobRow& job : found.jobs) {
    const auto coming = comings.find(job.id);
    if (coming == comings.end()) continue;  // it left meanwhile
    const Timestamp at = TimeOf(coming->second, job);
    arrivals.push_back({.job = std::move(job), .run_id = coming->second.run_id, .at = at});
  }
  std::ranges::sort(arrivals, std::ranges::greater(),
                    [](const Arrival& one) { return std::tuple(one.at, one.run_id, one.job.id); });
  return arrivals;
}

}  // namespace rolecall
