// Names the jobs of a comparison.
#include "store/users/run_comparison.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "db/columns.h"
#include "store/runs/run_fates.h"

namespace rolecall {
namespace {

struct NamedJob {
  std::int64_t id = 0;
  std::string company, title;
};
constexpr Columns kNamedJob(Column("u.job_id", &NamedJob::id),
                            Column("u.company", &NamedJob::company),
                            Column("j.title", &NamedJob::title));
constexpr auto kSelectNamed = SqlOf<kNamedJob>(R"(
      SELECT {columns}
      FROM {rows_of r: {shape}}
      JOIN user_jobs u ON u.user_id = :user AND u.job_id = r.id
      JOIN board_jobs j ON j.id = r.id)")
                                  .Fill("{shape}", kShapeOf<kIdRow>);

}  // namespace

Result<std::vector<ComparedJob>> LoadComparison(Connection& db, std::int64_t user_id,
                                                std::int64_t earlier, std::int64_t later) {
  TRY(const RunsCompared compared, CompareRuns(db, user_id, earlier, later));
  std::vector<ComparedJob> jobs;
  const auto add = [&](const std::vector<std::int64_t>& ids, JobChange change) -> Result<void> {
    IdRows rows;
    for (const std::int64_t id : ids) rows.Add(IdRow{id});
    if (ids.empty()) return {};
    CHECK_OK(db.Each(kSelectNamed, {{"r", rows.table()}, {"user", user_id}}, [&](const Row& row) {
      NamedJob named = kNamedJob(row);
      jobs.push_back({.id = named.id,
                      .change = change,
                      .company = std::move(named.company),
                      .title = std::move(named.title)});
    }));
    return {};
  };
  CHECK_OK(add(compared.came, JobChange::kNew));
  CHECK_OK(add(compared.back, JobChange::kBack));
  CHECK_OK(add(compared.changed, JobChange::kChanged));
  CHECK_OK(add(compared.gone, JobChange::kGone));
  std::ranges::sort(jobs, {}, [](const ComparedJob& job) {
    return std::tie(job.company, job.change, job.title, job.id);
  });
  return jobs;
}

std::array<std::int64_t, kJobChanges.size()> CountChanges(const std::vector<ComparedJob>& jobs) {
  std::array<std::int64_t, kJobChanges.size()> counts{};
  for (const ComparedJob& job : jobs) ++counts[static_cast<std::size_t>(job.change)];
  return counts;
}

}  // namespace rolecall
