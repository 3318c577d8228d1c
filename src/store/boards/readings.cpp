// Adds to the ledger, and moves the board on with it.
#include "store/boards/readings.h"

#include <fmt/format.h>

#include <utility>

#include "base/text.h"
#include "db/columns.h"

namespace rolecall {
namespace {

std::string_view NameOf(Control control) {
  switch (control) {
    case Control::kNotAsked:
      return "";
    case Control::kHeld:
      return "held";
    case Control::kFailed:
      return "failed";
  }
  std::unreachable();
}

Result<std::int64_t> InsertReading(Transaction& tx, std::int64_t board_id,
                                   const NewReading& reading) {
  TRY(auto id,
      QueryOne(tx.db(),
               R"(
      INSERT INTO readings (
          board_id, started_at, finished_at, completeness, listed, withheld, digest, trouble,
          run_id, control, asked, stood, but_for, unread)
      VALUES (
          :board, :started, :finished, :completeness, :listed, :withheld, :digest, :trouble, :run,
          :control, :asked, :stood, :but_for, :unread)
      RETURNING id)",
               {{"board", board_id},
                {"started", reading.started_at},
                {"finished", reading.finished_at},
                {"completeness", reading.completeness},
                {"listed", reading.listed},
                {"withheld", reading.withheld},
                {"digest", OrNull(reading.digest)},
                {"trouble", OrNull(WithoutSteering(reading.trouble))},
                {"run", reading.run_id == 0 ? std::nullopt : std::optional(reading.run_id)},
                {"control", OrNull(NameOf(reading.control))},
                {"asked", reading.asked},
                {"stood", reading.stood},
                {"but_for", reading.but_for},
                {"unread", OrNull(reading.unread)}},
               FirstColumn<std::int64_t>));
  if (!id) return Fail(Errc::kStorage, "the database gave no id for a reading");
  return *id;
}

// The right side of an assignment is the row as it was: a board that is whole but for 2 since
// Monday, and but for 2 again, is so since Monday; but for 3, since now.
constexpr auto kMoveOnButFor = SqlText(R"(
      UPDATE boards
      SET latest_reading = :id,
        whole_reading = :id,
        whole_at = :at,
        changed_reading = CASE WHEN :changes THEN :id ELSE changed_reading END,
        version = CASE WHEN :changes THEN version + 1 ELSE version END,
        but_for_since = CASE WHEN but_for = :but_for THEN but_for_since ELSE :at END,
        but_for = :but_for,
        but_for_digest = :digest,
        ever_listed = (ever_listed OR :some),
        failure_streak = 0,
        failing_since = NULL
      WHERE id = :board AND latest_reading = :expected)");

// What the last complete reading left stays: digest, validators, size.
Result<std::int64_t> MoveOnButFor(Transaction& tx, const BoardRow& board, const NewReading& reading,
                                  std::int64_t id) {
  return tx->Run(kMoveOnButFor, {{"id", id},
                                 {"at", reading.finished_at},
                                 {"changes", reading.changed_jobs},
                                 {"but_for", *reading.but_for},
                                 {"digest", reading.told_digest},
                                 {"some", reading.listed > 0},
                                 {"board", board.id},
                                 {"expected", board.latest_reading}});
}

constexpr auto kMoveOnFailing = SqlText(R"(
      UPDATE boards
      SET latest_reading = :id,
        changed_reading = CASE WHEN :changes THEN :id ELSE changed_reading END,
        version = CASE WHEN :changes THEN version + 1 ELSE version END,
        failure_streak = CASE WHEN :partly THEN 0 ELSE failure_streak + 1 END,
        failing_since = CASE
            WHEN failing_since IS NOT NULL AND (failure_streak = 0) = :partly THEN failing_since
            ELSE :at
          END
      WHERE id = :board AND latest_reading = :expected)");

// Half a board may change jobs all the same: what it shows is so, what it lacks proves nothing.
Result<std::int64_t> MoveOnFailing(Transaction& tx, const BoardRow& board,
                                   const NewReading& reading, std::int64_t id) {
  return tx->Run(kMoveOnFailing, {{"id", id},
                                  {"changes", reading.changed_jobs},
                                  {"partly", reading.completeness == "partial"},
                                  {"at", reading.finished_at},
                                  {"board", board.id},
                                  {"expected", board.latest_reading}});
}

constexpr auto kMoveOnConfirmed = SqlText(R"(
      UPDATE boards
      SET latest_reading = :id,
        complete_reading = :id,
        confirmed_at = :at,
        whole_reading = :id,
        whole_at = :at,
        but_for = NULL,
        but_for_since = NULL,
        failure_streak = 0,
        failing_since = NULL
      WHERE id = :board AND latest_reading = :expected)");

// The listing that it confirms stands, with its digest and validators.
Result<std::int64_t> MoveOnConfirmed(Transaction& tx, const BoardRow& board,
                                     const NewReading& reading, std::int64_t id) {
  return tx->Run(kMoveOnConfirmed, {{"id", id},
                                    {"at", reading.finished_at},
                                    {"board", board.id},
                                    {"expected", board.latest_reading}});
}

constexpr auto kMoveOnComplete = SqlText(R"(
      UPDATE boards
      SET latest_reading = :id,
        complete_reading = :id,
        confirmed_at = :at,
        whole_reading = :id,
        whole_at = :at,
        but_for = NULL,
        but_for_since = NULL,
        changed_reading = CASE WHEN :changes THEN :id ELSE changed_reading END,
        version = CASE WHEN :changes THEN version + 1 ELSE version END,
        digest = :digest,
        etag = :etag,
        last_modified = :modified,
        listed = :listed,
        definition_version = :version,
        ever_listed = (ever_listed OR :some),
        failure_streak = 0,
        failing_since = NULL
      WHERE id = :board AND latest_reading = :expected)");

Result<std::int64_t> MoveOnComplete(Transaction& tx, const BoardRow& board,
                                    const NewReading& reading, std::int64_t id) {
  return tx->Run(kMoveOnComplete, {{"id", id},
                                   {"at", reading.finished_at},
                                   {"changes", reading.changed_jobs},
                                   {"digest", reading.digest},
                                   {"etag", OrNull(reading.etag)},
                                   {"modified", OrNull(reading.last_modified)},
                                   {"listed", reading.listed},
                                   {"version", reading.definition_version},
                                   {"some", reading.listed > 0},
                                   {"board", board.id},
                                   {"expected", board.latest_reading}});
}

// Says of how many boards it is the next reading: one, or none where another came meanwhile.
Result<std::int64_t> MoveBoardOn(Transaction& tx, const BoardRow& board, const NewReading& reading,
                                 std::int64_t id) {
  if (reading.but_for) return MoveOnButFor(tx, board, reading, id);
  if (reading.completeness == "complete") return MoveOnComplete(tx, board, reading, id);
  if (reading.completeness == "confirmed") return MoveOnConfirmed(tx, board, reading, id);
  return MoveOnFailing(tx, board, reading, id);
}

// The board's row is held: who keeps jobs of it has committed, or waits. A statement of its own, as
// one that waited for the row would not see that commit.
Result<void> CheckNothingWasKept(Transaction& tx, const BoardRow& board) {
  if (board.withheld == 0) return {};
  TRY(const auto now, QueryOne(tx.db(),
                               R"(
      SELECT count(*)
      FROM board_jobs
      WHERE board_id = :board AND expired_at IS NULL AND withheld_at IS NOT NULL)",
                               {{"board", board.id}}, FirstColumn<std::int64_t>));
  if (now >= board.withheld) return {};
  return Fail(Errc::kConflict, fmt::format("a person kept jobs of {} {} while it was read",
                                           board.kind, board.token));
}

}  // namespace

Result<std::int64_t> AddReading(Transaction& tx, const BoardRow& board, const NewReading& reading) {
  TRY(const auto id, InsertReading(tx, board.id, reading));
  TRY(const auto moved, MoveBoardOn(tx, board, reading, id));
  if (moved == 0)
    return Fail(Errc::kConflict,
                fmt::format("{} {} was read by somebody else meanwhile", board.kind, board.token));
  CHECK_OK(CheckNothingWasKept(tx, board));
  return id;
}

namespace {

constexpr Columns kSharedReading(Column("g.run_id", &SharedReading::run_id),
                                 Column("g.finished_at", &SharedReading::finished_at));
constexpr auto kSelectShared = SqlOf<kSharedReading>(R"(
      SELECT {columns}
      FROM readings g
      JOIN ingestion_runs r ON r.id = g.run_id
      WHERE g.id = :reading AND r.user_id <> :user AND g.finished_at >= :since)");

}  // namespace

Result<std::optional<SharedReading>> FindShared(Connection& db, const BoardRow& board,
                                                std::int64_t user_id, Timestamp since) {
  if (board.latest_reading == 0 || board.latest_reading != board.complete_reading)
    return std::nullopt;
  return QueryOne(db, kSelectShared,
                  {{"reading", board.latest_reading}, {"user", user_id}, {"since", since}},
                  kSharedReading);
}

Result<void> SettleReadings(Transaction& tx, std::int64_t board_id, std::int64_t before_reading) {
  CHECK_OK(tx->Run(R"(
      UPDATE readings
      SET withheld = FALSE
      WHERE board_id = :board
        AND withheld
        AND id < :reading
        AND (listed > 0 OR (SELECT listed FROM readings WHERE id = :reading) = 0))",
                   {{"board", board_id}, {"reading", before_reading}}));
  return {};
}

}  // namespace rolecall
