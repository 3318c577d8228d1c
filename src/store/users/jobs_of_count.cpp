// What came to a job in a run is kept by ids; of the others the run's own list of jobs tells, by
// company and the board's id.
#include "store/users/jobs_of_count.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <string>

#include "store/runs/run_fates.h"
#include "store/runs/run_jobs.h"
#include "store/users/company_names.h"

namespace rolecall {
namespace {

using CompanyAndId = std::pair<std::string, std::string>;
using Ids = std::vector<std::int64_t>;

constexpr std::string_view kExpired = "expired";

struct RunEnd {
  bool is_over = false;
  std::int64_t total = 0;
};
constexpr Columns kRunEnd(Column("finished_at IS NOT NULL", &RunEnd::is_over),
                          Column("total_jobs", &RunEnd::total));
constexpr auto kSelectRunEnd = SqlOf<kRunEnd>(R"(
      SELECT {columns}
      FROM ingestion_runs
      WHERE id = :run AND user_id = :user)");

struct NamedJob {
  std::int64_t id = 0;
  std::string company, external_id;
};
constexpr Columns kNamedJob(Column("u.job_id", &NamedJob::id),
                            Column("u.company", &NamedJob::company),
                            Column("j.external_id", &NamedJob::external_id));
constexpr auto kSelectNamedJobs = SqlOf<kNamedJob>(R"(
      SELECT {columns}
      FROM user_jobs u
      JOIN board_jobs j ON j.id = u.job_id
      WHERE u.user_id = :user
        AND u.company IN (SELECT r.name FROM {rows_of r: {shape}})
      ORDER BY u.job_id)")
                                      .Fill("{shape}", kShapeOf<kCompanyName>);

// Those that the run found, and that did not expire in it.
Result<std::vector<JobOfRun>> LoadFound(Connection& db, const RunOfUser& run) {
  TRY(const auto end,
      QueryOne(db, kSelectRunEnd, {{"run", run.id}, {"user", run.user_id}}, kRunEnd));
  if (!end) return Fail(Errc::kNotFound, fmt::format("there is no run {}", run.id));
  if (!end->is_over)
    return Fail(Errc::kConflict,
                fmt::format("run {} is at work: all of its jobs are told once it is over", run.id));
  TRY(auto kept, LoadKeptJobs(db, run.id));
  if (kept) std::erase_if(*kept, [](const JobOfRun& job) { return job.status == kExpired; });
  if (!kept || std::ssize(*kept) < end->total)
    return Fail(Errc::kConflict,
                fmt::format("which jobs run {} found is not kept: it is too long ago, or they are "
                            "too many",
                            run.id));
  return *std::move(kept);
}

// Where a company left a board, that may have had a job of the same id: the later one counts.
Result<std::map<CompanyAndId, std::int64_t>> LoadIds(Connection& db, std::int64_t user_id,
                                                     const std::vector<JobOfRun>& jobs) {
  std::set<std::string> companies;
  for (const JobOfRun& job : jobs) companies.insert(job.company);
  const std::vector<std::string> names(companies.begin(), companies.end());
  const auto rows = RowsOfCompanies(names);
  TRY(auto named,
      QueryAll(db, kSelectNamedJobs, {{"user", user_id}, {"r", rows.table()}}, kNamedJob));
  std::map<CompanyAndId, std::int64_t> ids;
  for (NamedJob& one : named)
    ids.insert_or_assign({std::move(one.company), std::move(one.external_id)}, one.id);
  return ids;
}

bool IsCounted(const JobOfRun& job, std::string_view count) {
  if (count == "failed") return job.status == "error";
  return count == "total" || count == "unchanged" || job.status == count;
}

// Of those the ones to which nothing came.
Result<Ids> LeaveOutWhatCame(Connection& db, const RunOfUser& run, Ids found) {
  for (const UserFate fate : {UserFate::kNew, UserFate::kChanged, UserFate::kReopened}) {
    TRY(const Ids came, LoadJobsOfFate(db, run, fate));
    Ids left;
    std::ranges::set_difference(found, came, std::back_inserter(left));
    found = std::move(left);
  }
  return found;
}

}  // namespace

Result<Ids> LoadJobsOfCount(Connection& db, const RunOfUser& run, std::string_view count) {
  const auto fate = std::ranges::find(kKeptFates, count, [](UserFate one) { return Name(one); });
  if (fate != kKeptFates.end()) return LoadJobsOfFate(db, run, *fate);
  TRY(const auto jobs, LoadFound(db, run));
  TRY(const auto ids, LoadIds(db, run.user_id, jobs));
  Ids found;
  for (const JobOfRun& job : jobs)
    if (const auto id = ids.find({job.company, job.external_id});
        id != ids.end() && IsCounted(job, count))
      found.push_back(id->second);
  std::ranges::sort(found);
  if (count == "unchanged") return LeaveOutWhatCame(db, run, std::move(found));
  return found;
}

}  // namespace rolecall
