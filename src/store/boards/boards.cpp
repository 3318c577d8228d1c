// Boards by id, or by kind and token.
#include "store/boards/boards.h"

#include <fmt/format.h>

#include "db/columns.h"

namespace rolecall {

Result<std::int64_t> FindOrAddBoard(Transaction& tx, std::string_view kind,
                                    std::string_view token) {
  CHECK_OK(tx->Run(R"(
      INSERT INTO boards (kind, token)
      VALUES (:kind, :token)
      ON CONFLICT (kind, token) DO NOTHING)",
                   {{"kind", kind}, {"token", token}}));
  TRY(auto id, QueryOne(tx.db(), "SELECT id FROM boards WHERE kind = :kind AND token = :token",
                        {{"kind", kind}, {"token", token}}, FirstColumn<std::int64_t>));
  if (!id)
    return Fail(Errc::kStorage,
                fmt::format("board {} {} vanished while it was added", kind, token));
  return *id;
}

namespace {

// Only while a board cannot be read are jobs withheld that are not missing.
constexpr std::string_view kWithheldOfBoard = R"(
        CASE
          WHEN failing_since IS NULL THEN (
              SELECT count(*)
              FROM board_jobs j
              WHERE j.board_id = boards.id
                AND j.missing_reading IS NOT NULL
                AND j.expired_at IS NULL
                AND j.withheld_at IS NOT NULL)
            + (
              SELECT count(*)
              FROM board_jobs j
              WHERE j.board_id = boards.id
                AND j.lacked_reading IS NOT NULL
                AND j.expired_at IS NULL
                AND j.missing_reading IS NULL
                AND j.withheld_at IS NOT NULL)
          ELSE (
              SELECT count(*)
              FROM board_jobs j
              WHERE j.board_id = boards.id AND j.expired_at IS NULL AND j.withheld_at IS NOT NULL)
        END)";

constexpr Columns kBoard(
    Column("id", &BoardRow::id), Column("kind", &BoardRow::kind), Column("token", &BoardRow::token),
    Column("digest", &BoardRow::digest), Column("etag", &BoardRow::etag),
    Column("last_modified", &BoardRow::last_modified), Column("listed", &BoardRow::listed),
    Column("definition_version", &BoardRow::definition_version),
    Column("latest_reading", &BoardRow::latest_reading),
    Column("complete_reading", &BoardRow::complete_reading),
    Column("confirmed_at", &BoardRow::confirmed_at),
    Column("changed_reading", &BoardRow::changed_reading),
    Column("ever_listed", &BoardRow::ever_listed),
    Column("failure_streak", &BoardRow::failure_streak),
    Column("failing_since", &BoardRow::failing_since),
    Column(kWithheldOfBoard, &BoardRow::withheld),
    Column("whole_reading", &BoardRow::whole_reading), Column("but_for", &BoardRow::but_for),
    Column("but_for_since", &BoardRow::but_for_since),
    Column("but_for_digest", &BoardRow::but_for_digest), Column("version", &BoardRow::version));
constexpr auto kSelectBoards = SqlOf<kBoard>(R"(
      SELECT {columns}
      FROM boards)");
constexpr auto kSelectBoard = kSelectBoards + R"(
      WHERE id = :id)";
constexpr auto kSelectBoardOf = kSelectBoards + R"(
      WHERE kind = :kind AND token = :token)";

}  // namespace

Result<std::optional<BoardRow>> FindBoardRow(Connection& db, std::string_view kind,
                                             std::string_view token) {
  return QueryOne(db, kSelectBoardOf, {{"kind", kind}, {"token", token}}, kBoard);
}

Result<BoardRow> LoadBoard(Connection& db, std::int64_t id) {
  TRY(auto board, QueryOne(db, kSelectBoard, {{"id", id}}, kBoard));
  if (!board) return Fail(Errc::kNotFound, fmt::format("no board has the id {}", id));
  return *std::move(board);
}

Result<std::int64_t> LoadBoardVersion(Connection& db, std::int64_t id) {
  TRY(const auto version, QueryOne(db, "SELECT version FROM boards WHERE id = :id", {{"id", id}},
                                   FirstColumn<std::int64_t>));
  return version.value_or(0);
}

// The innermost query is a value, not a join: neither database can begin with the user's jobs, of
// which there are many where outstanding contents are few.
Result<bool> HasOpenEnds(Connection& db, std::int64_t board_id, std::int64_t user_id) {
  TRY(auto open,
      QueryOne(db,
               R"(
      SELECT 1
      WHERE EXISTS (
          SELECT 1
          FROM board_jobs
          WHERE board_id = :board AND missing_reading IS NOT NULL AND expired_at IS NULL)
        OR EXISTS (
            SELECT 1
            FROM board_jobs
            WHERE board_id = :board AND lacked_reading IS NOT NULL AND expired_at IS NULL)
        OR EXISTS (
            SELECT 1
            FROM job_contents c
            WHERE c.board_id = :board
              AND c.state <> 'ready'
              AND NOT (c.state = 'error' AND c.tries >= 3)
              AND (
                  SELECT u.expired_at IS NULL
                  FROM user_jobs u
                  WHERE u.user_id = :user AND u.job_id = c.job_id)))",
               {{"board", board_id}, {"user", user_id}}, [](const Row&) { return true; }));
  return open.has_value();
}

}  // namespace rolecall
