// Reads what an index holds of jobs: as they are shown, whoever follows them.
#include "store/search/indexed_jobs.h"

#include "db/columns.h"
#include "store/search/board_versions.h"

namespace rolecall {
namespace {

constexpr auto kSelectVersions = SqlOf<kBoardVersion>("SELECT {columns} FROM boards ORDER BY id");

constexpr Columns kBoardsSum(Column("count(*)", &BoardsSum::boards),
                             Column("CAST(coalesce(sum(version), 0) AS bigint)",
                                    &BoardsSum::versions));
constexpr auto kSelectSum = SqlOf<kBoardsSum>("SELECT {columns} FROM boards");

constexpr auto kCountSince = SqlText(R"(
      SELECT count(*)
      FROM {rows_of r: {shape}}
      JOIN board_jobs j ON j.board_id = r.id AND j.version > r.version)")
                                 .Fill("{shape}", kShapeOf<kBoardVersion>);

constexpr Columns kIndexedJob(Column("j.id", &IndexedJob::id),
                              Column("j.title", &IndexedJob::title),
                              Column("coalesce(j.detail_location, j.location)",
                                     &IndexedJob::places));
constexpr auto kSelectSince = SqlOf<kIndexedJob>(R"(
      SELECT {columns}
      FROM {rows_of r: {shape}}
      JOIN board_jobs j ON j.board_id = r.id AND j.version > r.version)")
                                  .Fill("{shape}", kShapeOf<kBoardVersion>);

constexpr Columns kTextMark(Column("j.id", &TextMark::job_id), Column("j.title", &TextMark::title),
                            Column("coalesce(j.detail_location, j.location)", &TextMark::places),
                            Column("c.digest", &TextMark::digest),
                            Column("c.description IS NOT NULL AND c.state <> 'mocked'",
                                   &TextMark::has_text));
constexpr auto kSelectTextMarks = SqlOf<kTextMark>(R"(
      SELECT {columns}
      FROM {rows_of r: {shape}}
      JOIN board_jobs j ON j.board_id = r.id AND j.version > r.version
      JOIN job_contents c ON c.job_id = j.id
      ORDER BY j.id)")
                                      .Fill("{shape}", kShapeOf<kBoardVersion>);

}  // namespace

Result<std::string> LoadDatabaseName(Connection& db) {
  TRY(const auto first,
      QueryOne(db, "SELECT applied_at FROM schema_migrations ORDER BY number LIMIT 1", {},
               FirstColumn<Timestamp>));
  return first ? ToIso(*first) : "";
}

Result<BoardsSum> LoadBoardsSum(Connection& db) {
  TRY(const auto sum, QueryOne(db, kSelectSum, {}, kBoardsSum));
  return sum.value_or(BoardsSum{});
}

Result<BoardVersions> LoadBoardVersions(Connection& db) {
  BoardVersions versions;
  CHECK_OK(db.Each(kSelectVersions, {}, [&](const Row& row) {
    const BoardVersion board = kBoardVersion(row);
    versions.emplace_hint(versions.end(), board.board_id, board.version);
  }));
  return versions;
}

Result<std::int64_t> CountJobsSince(Connection& db, const BoardVersions& held) {
  const auto rows = RowsOfVersions(held);
  TRY(const auto count,
      QueryOne(db, kCountSince, {{"r", rows.table()}}, FirstColumn<std::int64_t>));
  return count.value_or(0);
}

Result<void> ReadJobsSince(Connection& db, const BoardVersions& held,
                           const std::function<void(IndexedJob)>& read) {
  const auto rows = RowsOfVersions(held);
  CHECK_OK(db.Each(kSelectSince, {{"r", rows.table()}},
                   [&](const Row& row) { read(kIndexedJob(row)); }));
  return {};
}

Result<std::vector<TextMark>> LoadTextMarks(Connection& db, const BoardVersions& held) {
  const auto rows = RowsOfVersions(held);
  return QueryAll(db, kSelectTextMarks, {{"r", rows.table()}}, kTextMark);
}

}  // namespace rolecall
