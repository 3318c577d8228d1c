// The head row of the run is the one source of numbers: whoever updates it holds it until the lines
// are in.
#include "store/runs/run_lines.h"

#include <fmt/format.h>

#include <algorithm>

namespace rolecall {
namespace {

// A reader may have seen every line up to `last`, which is of another transaction.
Result<std::int64_t> EarliestAfter(Connection& db, std::int64_t run_id, std::int64_t last) {
  TRY(const auto at_ms,
      QueryOne(db, "SELECT at_ms FROM run_lines WHERE run_id = :run AND seq = :last",
               {{"run", run_id}, {"last", last}}, [](const Row& row) { return row.Int(0); }));
  return at_ms ? *at_ms + 1 : 0;
}

Table RowsOf(std::int64_t run_id, const std::vector<RunLine>& lines) {
  Table rows(6);
  for (const RunLine& line : lines) {
    rows.Int(run_id).Int(line.seq).Int(line.at_ms).Text(line.level);
    (line.company.empty() ? rows.Null() : rows.Text(line.company)).Text(line.message);
  }
  return rows;
}

}  // namespace

Result<void> AppendLines(Transaction& tx, std::int64_t run_id, std::vector<RunLine>& lines) {
  if (lines.empty()) return {};
  TRY(const auto last,
      QueryOne(tx.db(),
               R"(
      UPDATE run_log_heads
      SET last_seq = last_seq + :count
      WHERE run_id = :run AND NOT closed
      RETURNING last_seq)",
               {{"count", static_cast<std::int64_t>(lines.size())}, {"run", run_id}},
               [](const Row& row) { return row.Int(0); }));
  if (!last) return Fail(Errc::kNotFound, fmt::format("run {} has no log that is open", run_id));
  std::int64_t seq = *last - static_cast<std::int64_t>(lines.size());
  TRY(std::int64_t earliest, EarliestAfter(tx.db(), run_id, seq));
  for (RunLine& line : lines) {
    line.seq = ++seq;
    earliest = line.at_ms = std::max(line.at_ms, earliest);
  }
  const Table rows = RowsOf(run_id, lines);
  CHECK_OK(tx->Run(R"(
      INSERT INTO run_lines (run_id, seq, at_ms, level, company, message)
      SELECT r.run_id, r.seq, r.at_ms, r.level, r.company, r.message
      FROM
          {rows_of r: run_id bigint, seq bigint, at_ms bigint, level text, company text, message text})",
                   {{"r", rows}}));
  return tx->Notify(kRunNewsChannel, fmt::to_string(run_id));
}

Result<bool> HasLines(Transaction& tx, std::int64_t run_id, const std::vector<RunLine>& lines) {
  // The log may have been closed since.
  CHECK_OK(tx->Run("UPDATE run_log_heads SET last_seq = last_seq WHERE run_id = :run",
                   {{"run", run_id}}));
  const Table rows = RowsOf(run_id, lines);
  TRY(const auto found,
      QueryOne(tx.db(),
               R"(
      SELECT count(*)
      FROM
          {rows_of r: run_id bigint, seq bigint, at_ms bigint, level text, company text, message text}
      JOIN run_lines l ON l.run_id = r.run_id
        AND l.seq = r.seq
        AND l.at_ms = r.at_ms
        AND l.level = r.level
        AND coalesce(l.company, '') = coalesce(r.company, '')
        AND l.message = r.message)",
               {{"r", rows}}, [](const Row& row) { return static_cast<std::size_t>(row.Int(0)); }));
  return found == lines.size();
}

Result<std::int64_t> LoadLastSeq(Connection& db, std::int64_t run_id) {
  TRY(const auto last, QueryOne(db, "SELECT last_seq FROM run_log_heads WHERE run_id = :run",
                                {{"run", run_id}}, [](const Row& row) { return row.Int(0); }));
  return last.value_or(0);
}

Result<void> CloseLog(Transaction& tx, std::int64_t run_id) {
  CHECK_OK(
      tx->Run("UPDATE run_log_heads SET closed = TRUE WHERE run_id = :run", {{"run", run_id}}));
  return {};
}

Result<std::vector<RunLine>> LoadLines(Connection& db, std::int64_t run_id, std::int64_t after,
                                       int limit) {
  return QueryAll(db,
                  R"(
      SELECT seq, at_ms, level, company, message
      FROM run_lines
      WHERE run_id = :run AND seq > :after
      ORDER BY seq
      LIMIT :limit)",
                  {{"run", run_id}, {"after", after}, {"limit", limit}}, [](const Row& row) {
                    return RunLine{row.Int(0), row.Int(1), row.String(2), row.String(3),
                                   row.String(4)};
                  });
}

Result<std::optional<std::int64_t>> FindLineAt(Connection& db, std::int64_t run_id,
                                               std::int64_t at_ms) {
  return QueryOne(db,
                  R"(
      SELECT seq
      FROM run_lines
      WHERE run_id = :run AND at_ms >= :at
      ORDER BY at_ms, seq
      LIMIT 1)",
                  {{"run", run_id}, {"at", at_ms}}, [](const Row& row) { return row.Int(0); });
}

}  // namespace rolecall
