// The numbers of a company's part in a run, and their sums in the run, as columns of statements.
#pragma once

#include "db/db.h"
#include "domain/run_state.h"

namespace rolecall {

// "listed, included, …", of run_companies.
inline constexpr auto kCountColumns = JoinSql<[] {
  SqlList list;
  for (const CountName& name : kCountNames) list.Next(name.column);
  return list;
}>();

// "listed = :listed, included = :included, …", of run_companies.
inline constexpr auto kSetCounts = JoinSql<[] {
  SqlList list;
  for (const CountName& name : kCountNames) list.Next(name.column).And(" = :").And(name.column);
  return list;
}>();

// "total_jobs, jobs_new, …", of ingestion_runs.
inline constexpr auto kSumColumns = JoinSql<[] {
  SqlList list;
  for (const CountName& name : kCountNames)
    if (!name.of_run.empty()) list.Next(name.of_run);
  return list;
}>();

// "total_jobs = total_jobs + :included, …", of ingestion_runs.
inline constexpr auto kAddToSums = JoinSql<[] {
  SqlList list;
  for (const CountName& name : kCountNames)
    if (!name.of_run.empty())
      list.Next(name.of_run).And(" = ").And(name.of_run).And(" + :").And(name.column);
  return list;
}>();

// "total_jobs = t.included, …", of ingestion_runs, where t has the columns of kSummedCounts.
inline constexpr auto kSetSums = JoinSql<[] {
  SqlList list;
  for (const CountName& name : kCountNames)
    if (!name.of_run.empty()) list.Next(name.of_run).And(" = t.").And(name.column);
  return list;
}>();

// "coalesce(sum(included), 0) AS included, …", over rows of run_companies.
inline constexpr auto kSummedCounts = JoinSql<[] {
  SqlList list;
  for (const CountName& name : kCountNames)
    if (!name.of_run.empty())
      list.Next("coalesce(sum(").And(name.column).And("), 0) AS ").And(name.column);
  return list;
}>();

enum class WhichCounts { kAll, kSummed };

// The values of kSetCounts (all), or of kAddToSums.
inline void BindCounts(const CompanyCounts& counts, WhichCounts which, Binds& binds) {
  for (const CountName& name : kCountNames)
    if (which == WhichCounts::kAll || !name.of_run.empty())
      binds.push_back({name.column, counts.*name.number});
}

// Reads the columns of kCountColumns (all), or of kSumColumns, the first of which is `column`; says
// which follows the last.
inline int ReadCounts(const Row& row, int column, WhichCounts which, CompanyCounts& counts) {
  for (const CountName& name : kCountNames)
    if (which == WhichCounts::kAll || !name.of_run.empty())
      counts.*name.number = static_cast<int>(row.Int(column++));
  return column;
}

}  // namespace rolecall
