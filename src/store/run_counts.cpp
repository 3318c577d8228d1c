// Over all users: numbers only.
#include "store/run_counts.h"

#include <array>
#include <string_view>

namespace rolecall {

Result<RunCounts> LoadRunCounts(Connection& db) {
  constexpr std::array<std::string_view, 10> kOutcomes{
      "new",     "changed",  "unchanged", "reopened", "missing",
      "expired", "withheld", "ready",     "skipped",  "failed"};
  RunCounts counts;
  CHECK_OK(db.Each(
      R"(
      SELECT status,
        count(*), sum(jobs_new), sum(jobs_changed), sum(jobs_unchanged), sum(jobs_reopened),
        sum(jobs_missing), sum(jobs_expired), sum(jobs_withheld), sum(jobs_ready),
        sum(jobs_skipped), sum(jobs_failed)
      FROM ingestion_runs
      GROUP BY status)",
      {}, [&](const Row& row) {
        counts.runs[row.String(0)] = row.Int(1);
        for (std::size_t i = 0; i < kOutcomes.size(); ++i)
          counts.jobs[std::string(kOutcomes[i])] += row.Int(static_cast<int>(i) + 2);
      }));
  return counts;
}

}  // namespace rolecall
