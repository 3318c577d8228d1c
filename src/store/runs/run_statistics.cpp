// Counts runs. Over all users: numbers only.
#include "store/runs/run_statistics.h"

#include "db/columns.h"
#include "store/runs/count_columns.h"

namespace rolecall {
namespace {

// What became of a job, of which each is counted once or more; not how many there were.
constexpr bool IsOutcome(const CountName& name) {
  return !name.of_run.empty() && name.number != &CompanyCounts::included;
}

constexpr auto kSummedOutcomes = JoinSql<[] {
  SqlList list;
  for (const CountName& name : kCountNames)
    if (IsOutcome(name)) list.Next("sum(").And(name.of_run).And(")");
  return list;
}>();

struct RunsOfStatus {
  std::string status;
  std::int64_t runs;
};

constexpr Columns kRunsOfStatus(Column("status", &RunsOfStatus::status),
                                Column("count(*)", &RunsOfStatus::runs));
constexpr auto kCountRunsByStatus = SqlOf<kRunsOfStatus>(R"(
      SELECT {columns}, {outcomes}
      FROM ingestion_runs
      GROUP BY status)")
                                        .Fill("{outcomes}", kSummedOutcomes);

}  // namespace

Result<RunStatistics> LoadRunStatistics(Connection& db) {
  RunStatistics counts;
  CHECK_OK(db.Each(kCountRunsByStatus, {}, [&](const Row& row) {
    const RunsOfStatus of = kRunsOfStatus(row);
    counts.runs[of.status] = of.runs;
    int column = kRunsOfStatus.size();
    for (const CountName& name : kCountNames)
      if (IsOutcome(name)) counts.jobs[std::string(name.in_json)] += row.Int(column++);
  }));
  return counts;
}

}  // namespace rolecall
