// Finds what a run withheld. Only what was withheld by the end of the run was shown with it.
#include "run/withheld_of_run.h"

#include <fmt/format.h>

#include <algorithm>

#include "store/runs/runs.h"
#include "store/users/companies.h"

namespace rolecall {
namespace {

bool IsOf(const RunRecord& run, std::string_view company) {
  return std::ranges::find(run.companies, company, &CompanyOfRun::company) != run.companies.end();
}

Result<std::vector<WithheldJob>> ShownBy(Connection& db, const RunRecord& run) {
  if (!run.finished_at)
    return Fail(Errc::kConflict, fmt::format("run {} is active: wait for its end", run.id));
  return LoadWithheld(db, run.user_id, *run.finished_at);
}

}  // namespace

Result<std::vector<WithheldJob>> WithheldOfRun(Connection& db, std::int64_t user_id,
                                               std::int64_t run_id, std::string_view company) {
  TRY(const RunRecord run, LoadRun(db, user_id, run_id));
  TRY(auto jobs, ShownBy(db, run));
  std::erase_if(jobs, [&](const WithheldJob& job) { return !IsOf(run, job.company); });
  if (company.empty()) return jobs;
  std::erase_if(jobs, [&](const WithheldJob& job) { return job.company != company; });
  if (!jobs.empty()) return jobs;
  TRY(const auto followed, LoadFollowings(db, user_id));
  if (std::ranges::find(followed, company, &Following::company) == followed.end())
    return std::unexpected(UnknownCompany(company, followed));
  return Fail(Errc::kNotFound,
              fmt::format("nothing of {} that run {} showed is withheld", company, run_id));
}

Result<std::vector<WithheldJob>> WithheldOfCompany(Connection& db, std::int64_t user_id,
                                                   std::int64_t run_id, std::string_view company) {
  TRY(const RunRecord run, LoadRun(db, user_id, run_id));
  if (!IsOf(run, company))
    return Fail(Errc::kNotFound, fmt::format("{} is not in run {}", company, run_id));
  TRY(auto jobs, ShownBy(db, run));
  std::erase_if(jobs, [&](const WithheldJob& job) { return job.company != company; });
  return jobs;
}

}  // namespace rolecall
