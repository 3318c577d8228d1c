// Sums up the numbers of a run.
#include "store/runs/run_totals.h"

#include "store/runs/count_columns.h"

namespace rolecall {
namespace {

constexpr auto kSumTotals = SqlText(R"(
      UPDATE ingestion_runs
      SET {sums}
      FROM (
          SELECT {summed}
          FROM run_companies
          WHERE run_id = :run) AS t
      WHERE id = :run)")
                                .Fill("{sums}", kSetSums)
                                .Fill("{summed}", kSummedCounts);

constexpr auto kAddTotals = SqlText(R"(
      UPDATE ingestion_runs
      SET {sums}
      WHERE id = :run)")
                                .Fill("{sums}", kAddToSums);

}  // namespace

Result<void> HoldRun(Transaction& tx, std::int64_t run_id) {
  CHECK_OK(tx->Run("UPDATE ingestion_runs SET heartbeat_at = heartbeat_at WHERE id = :run",
                   {{"run", run_id}}));
  return {};
}

Result<void> SumTotals(Transaction& tx, std::int64_t run_id) {
  CHECK_OK(tx->Run(kSumTotals, {{"run", run_id}}));
  return {};
}

Result<void> AddToTotals(Transaction& tx, std::int64_t run_id, const CompanyCounts& more) {
  Binds added{{"run", run_id}};
  BindCounts(more, WhichCounts::kSummed, added);
  CHECK_OK(tx->Run(kAddTotals, added));
  return {};
}

}  // namespace rolecall
