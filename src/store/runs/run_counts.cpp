// Over all users: numbers only.
#include "store/runs/run_counts.h"

#include "store/runs/count_columns.h"

namespace rolecall {
namespace {

// What became of a job, of which each is counted once or more; not how many there were.
constexpr bool IsOutcome(const CountName& name) {
  return !name.of_run.empty() && name.number != &CompanyCounts::included;
}

constexpr auto kSelectSums = SqlText(R"(
      SELECT status, count(*), )") +
                             JoinSql<[] {
                               SqlList list;
                               for (const CountName& name : kCountNames)
                                 if (IsOutcome(name)) list.Next("sum(").And(name.of_run).And(")");
                               return list;
                             }>() +
                             R"(
      FROM ingestion_runs
      GROUP BY status)";

}  // namespace

Result<RunCounts> LoadRunCounts(Connection& db) {
  RunCounts counts;
  CHECK_OK(db.Each(kSelectSums, {}, [&](const Row& row) {
    counts.runs[row.String(0)] = row.Int(1);
    int column = 2;
    for (const CountName& name : kCountNames)
      if (IsOutcome(name)) counts.jobs[std::string(name.in_json)] += row.Int(column++);
  }));
  return counts;
}

}  // namespace rolecall
