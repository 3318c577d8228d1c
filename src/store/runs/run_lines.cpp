// Writes and reads the lines of a log. The head row of the run is the one source of numbers:
// whoever updates it holds it until the lines are in.
#include "store/runs/run_lines.h"

#include <fmt/format.h>

#include <algorithm>

#include "db/columns.h"
#include "store/runs/line_copy.h"

namespace rolecall {
namespace {

// A reader may have seen every line up to `last`, which is of another transaction.
Result<std::int64_t> EarliestAfter(Connection& db, std::int64_t run_id, std::int64_t last) {
  TRY(const auto at_ms,
      QueryOne(db, "SELECT at_ms FROM run_lines WHERE run_id = :run AND seq = :last",
               {{"run", run_id}, {"last", last}}, FirstColumn<std::int64_t>));
  return at_ms ? *at_ms + 1 : 0;
}

struct StoredLine {
  std::int64_t run_id, seq, at_ms;
  std::string_view level;
  std::optional<std::string_view> company;
  std::string_view message;
};

constexpr Columns kStoredLine(Column("run_id", &StoredLine::run_id),
                              Column("seq", &StoredLine::seq), Column("at_ms", &StoredLine::at_ms),
                              Column("level", &StoredLine::level),
                              Column("company", &StoredLine::company),
                              Column("message", &StoredLine::message));
constexpr auto kInsertLines = SqlOf<kStoredLine>(R"(
      INSERT INTO run_lines ({columns})
      SELECT {stored}
      FROM {rows_of r: {shape}})")
                                  .Fill("{stored}", kListOf<kStoredLine>)
                                  .Fill("{shape}", kShapeOf<kStoredLine>);
constexpr auto kCountStoredLines = SqlText(R"(
      SELECT count(*)
      FROM {rows_of r: {shape}}
      JOIN run_lines l ON l.run_id = r.run_id
        AND l.seq = r.seq
        AND l.at_ms = r.at_ms
        AND l.level = r.level
        AND coalesce(l.company, '') = coalesce(r.company, '')
        AND l.message = r.message)")
                                       .Fill("{shape}", kShapeOf<kStoredLine>);

RowsOf<kStoredLine> RowsOfLines(std::int64_t run_id, const std::vector<RunLine>& lines) {
  RowsOf<kStoredLine> rows;
  for (const RunLine& line : lines)
    rows.Add(StoredLine{.run_id = run_id,
                        .seq = line.seq,
                        .at_ms = line.at_ms,
                        .level = line.level,
                        .company = line.company.empty()
                                       ? std::nullopt
                                       : std::optional<std::string_view>(line.company),
                        .message = line.message});
  return rows;
}

constexpr Columns kRunLine(Column("l.seq", &RunLine::seq), Column("l.at_ms", &RunLine::at_ms),
                           Column("l.level", &RunLine::level),
                           Column("l.company", &RunLine::company),
                           Column("l.message", &RunLine::message));
constexpr auto kSelectLines = SqlOf<kRunLine>(R"(
      SELECT {columns}
      FROM run_lines l
      WHERE l.run_id = :run AND l.seq > :after
      ORDER BY l.seq
      LIMIT :limit)");

struct PlacedNumber {
  std::int64_t place, seq;
};
constexpr Columns kPlacedNumber(Column("place", &PlacedNumber::place),
                                Column("seq", &PlacedNumber::seq));
constexpr auto kSelectLinesOf = SqlOf<kRunLine>(R"(
      SELECT {columns}
      FROM {rows_of r: {shape}}
      JOIN run_lines l ON l.run_id = :run AND l.seq = r.seq
      ORDER BY r.place)")
                                    .Fill("{shape}", kShapeOf<kPlacedNumber>);

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
               FirstColumn<std::int64_t>));
  if (!last) return Fail(Errc::kNotFound, fmt::format("run {} has no log that is open", run_id));
  std::int64_t seq = *last - static_cast<std::int64_t>(lines.size());
  TRY(std::int64_t earliest, EarliestAfter(tx.db(), run_id, seq));
  for (RunLine& line : lines) {
    line.seq = ++seq;
    earliest = line.at_ms = std::max(line.at_ms, earliest);
  }
  const auto rows = RowsOfLines(run_id, lines);
  CHECK_OK(tx->Run(kInsertLines, {{"r", rows.table()}}));
  return tx->Notify(kRunNewsChannel, fmt::to_string(run_id));
}

Result<void> CopyLines(Transaction& tx, std::int64_t run_id, const std::vector<RunLine>& lines) {
  if (lines.empty()) return {};
  CHECK_OK(tx->Run(R"(
      INSERT INTO run_log_heads (run_id, last_seq)
      VALUES (:run, :last)
      ON CONFLICT (run_id) DO UPDATE SET last_seq = excluded.last_seq)",
                   {{"run", run_id}, {"last", lines.back().seq}}));
  const auto rows = RowsOfLines(run_id, lines);
  CHECK_OK(tx->Run(kInsertLines, {{"r", rows.table()}}));
  return {};
}

Result<void> DropCopiedLines(Transaction& tx, std::int64_t run_id) {
  CHECK_OK(tx->Run("DELETE FROM run_lines WHERE run_id = :run", {{"run", run_id}}));
  CHECK_OK(tx->Run("DELETE FROM run_log_heads WHERE run_id = :run", {{"run", run_id}}));
  return {};
}

Result<bool> HasLines(Transaction& tx, std::int64_t run_id, const std::vector<RunLine>& lines) {
  // The log may have been closed since.
  CHECK_OK(tx->Run("UPDATE run_log_heads SET last_seq = last_seq WHERE run_id = :run",
                   {{"run", run_id}}));
  const auto rows = RowsOfLines(run_id, lines);
  TRY(const auto found,
      QueryOne(tx.db(), kCountStoredLines, {{"r", rows.table()}}, FirstColumn<std::int64_t>));
  return found == std::ssize(lines);
}

Result<std::int64_t> LoadLastSeq(Connection& db, std::int64_t run_id) {
  TRY(const auto last, QueryOne(db, "SELECT last_seq FROM run_log_heads WHERE run_id = :run",
                                {{"run", run_id}}, FirstColumn<std::int64_t>));
  return last.value_or(0);
}

Result<void> CloseLog(Transaction& tx, std::int64_t run_id) {
  CHECK_OK(
      tx->Run("UPDATE run_log_heads SET closed = TRUE WHERE run_id = :run", {{"run", run_id}}));
  return {};
}

Result<std::vector<RunLine>> LoadLines(Connection& db, std::int64_t run_id, std::int64_t after,
                                       int limit) {
  return QueryAll(db, kSelectLines, {{"run", run_id}, {"after", after}, {"limit", limit}},
                  kRunLine);
}

Result<std::vector<RunLine>> LoadLinesOf(Connection& db, std::int64_t run_id,
                                         const std::vector<std::int64_t>& numbers) {
  if (numbers.empty()) return std::vector<RunLine>();
  RowsOf<kPlacedNumber> rows;
  for (const std::int64_t seq : numbers)
    rows.Add(PlacedNumber{.place = static_cast<std::int64_t>(rows.size()), .seq = seq});
  return QueryAll(db, kSelectLinesOf, {{"run", run_id}, {"r", rows.table()}}, kRunLine);
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
                  {{"run", run_id}, {"at", at_ms}}, FirstColumn<std::int64_t>);
}

}  // namespace rolecall
