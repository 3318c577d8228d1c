// Boards by id, or by kind and token.
#include "store/boards/boards.h"

#include <fmt/format.h>

namespace rolecall {

Result<std::int64_t> FindOrAddBoard(Transaction& tx, std::string_view kind,
                                    std::string_view token) {
  CHECK_OK(tx->Run(R"(
      INSERT INTO boards (kind, token)
      VALUES (:kind, :token)
      ON CONFLICT (kind, token) DO NOTHING)",
                   {{"kind", kind}, {"token", token}}));
  TRY(auto id,
      QueryOne(tx.db(), "SELECT id FROM boards WHERE kind = :kind AND token = :token",
               {{"kind", kind}, {"token", token}}, [](const Row& row) { return row.Int(0); }));
  if (!id)
    return Fail(Errc::kStorage,
                fmt::format("board {} {} vanished while it was added", kind, token));
  return *id;
}

// Only while a board cannot be read are jobs withheld that are not missing.
Result<BoardRow> LoadBoard(Connection& db, std::int64_t id) {
  TRY(auto board, QueryOne(db,
                           R"(
      SELECT id,
        kind, token, digest, etag, last_modified, listed, definition_version, latest_reading,
        complete_reading, confirmed_at, changed_reading, ever_listed, failure_streak, failing_since,
        CASE WHEN failing_since IS NULL THEN (SELECT count(*) FROM board_jobs j WHERE j.board_id = boards.id AND j.missing_reading IS NOT NULL AND j.expired_at IS NULL AND j.withheld_at IS NOT NULL) + (
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
        END, whole_reading, but_for, but_for_since, but_for_digest
      FROM boards
      WHERE id = :id)",
                           {{"id", id}}, [](const Row& row) {
                             return BoardRow{
                                 .id = row.Int(0),
                                 .kind = row.String(1),
                                 .token = row.String(2),
                                 .digest = row.String(3),
                                 .etag = row.String(4),
                                 .last_modified = row.String(5),
                                 .listed = static_cast<int>(row.Int(6)),
                                 .definition_version = static_cast<int>(row.Int(7)),
                                 .latest_reading = row.Int(8),
                                 .complete_reading = row.Int(9),
                                 .confirmed_at = row.MaybeTime(10),
                                 .changed_reading = row.Int(11),
                                 .ever_listed = row.Bool(12),
                                 .failure_streak = static_cast<int>(row.Int(13)),
                                 .failing_since = row.MaybeTime(14),
                                 .withheld = static_cast<int>(row.Int(15)),
                                 .whole_reading = row.Int(16),
                                 .but_for = row.IsNull(17)
                                                ? std::nullopt
                                                : std::optional(static_cast<int>(row.Int(17))),
                                 .but_for_since = row.MaybeTime(18),
                                 .but_for_digest = row.String(19)};
                           }));
  if (!board) return Fail(Errc::kNotFound, fmt::format("no board has the id {}", id));
  return *std::move(board);
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
