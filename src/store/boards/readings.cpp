// Adds to the ledger, and reads back what the next plan needs of it.
#include "store/boards/readings.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "domain/guard.h"

namespace rolecall {
namespace {

// More than any rule counts: five listings over fourteen days, read as often as every quarter of an
// hour.
constexpr int kReadingsLoaded = 1'400;

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

Control ControlOf(std::string_view name) {
  if (name == "held") return Control::kHeld;
  return name == "failed" ? Control::kFailed : Control::kNotAsked;
}

PastReading PastReadingOf(const Row& row) {
  return {.id = row.Int(0),
          .at = row.Time(1),
          .listed = static_cast<int>(row.Int(2)),
          .withheld = row.Bool(3),
          .control = ControlOf(row.Text(4)),
          .asked = static_cast<int>(row.Int(5)),
          .stood = static_cast<int>(row.Int(6)),
          .unread_digest = {}};
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
                {"trouble", OrNull(reading.trouble)},
                {"run", reading.run_id == 0 ? std::nullopt : std::optional(reading.run_id)},
                {"control", OrNull(NameOf(reading.control))},
                {"asked", reading.asked},
                {"stood", reading.stood},
                {"but_for", reading.but_for},
                {"unread", OrNull(reading.unread)}},
               [](const Row& row) { return row.Int(0); }));
  if (!id) return Fail(Errc::kStorage, "the database gave no id for a reading");
  return *id;
}

// What the last complete reading left stays: digest, validators, size.
Result<std::int64_t> MoveBoardOnButFor(Transaction& tx, const BoardRow& board,
                                       const NewReading& reading, std::int64_t id) {
  return tx->Run(
      R"(
      UPDATE boards
      SET latest_reading = :id, whole_reading = :id, whole_at = :at,
        changed_reading = CASE WHEN :changes THEN :id ELSE changed_reading END,
        but_for_since = CASE WHEN but_for = :but_for THEN but_for_since ELSE :at END,
        but_for = :but_for, but_for_digest = :digest, ever_listed = (ever_listed OR :some),
        failure_streak = 0, failing_since = NULL
      WHERE id = :board AND latest_reading = :expected)",
      {{"id", id},
       {"at", reading.finished_at},
       {"changes", reading.changed_jobs},
       {"but_for", *reading.but_for},
       {"digest", reading.told_digest},
       {"some", reading.listed > 0},
       {"board", board.id},
       {"expected", board.latest_reading}});
}

Result<std::int64_t> MoveBoardOn(Transaction& tx, const BoardRow& board, const NewReading& reading,
                                 std::int64_t id) {
  const bool complete = reading.completeness == "complete";
  if (reading.but_for) return MoveBoardOnButFor(tx, board, reading, id);
  if (!complete && reading.completeness != "confirmed")
    return tx->Run(
        R"(
      UPDATE boards
      SET latest_reading = :id,
        changed_reading = CASE WHEN :changes THEN :id ELSE changed_reading END,
        failure_streak = failure_streak + 1, failing_since = coalesce(failing_since, :at)
      WHERE id = :board AND latest_reading = :expected)",
        {{"id", id},
         {"changes", reading.changed_jobs},
         {"at", reading.finished_at},
         {"board", board.id},
         {"expected", board.latest_reading}});
  if (!complete)
    return tx->Run(
        R"(
      UPDATE boards
      SET latest_reading = :id,
        complete_reading = :id, confirmed_at = :at, whole_reading = :id, whole_at = :at,
        but_for = NULL, but_for_since = NULL, failure_streak = 0, failing_since = NULL
      WHERE id = :board AND latest_reading = :expected)",
        {{"id", id},
         {"at", reading.finished_at},
         {"board", board.id},
         {"expected", board.latest_reading}});
  return tx->Run(
      R"(
      UPDATE boards
      SET latest_reading = :id,
        complete_reading = :id, confirmed_at = :at, whole_reading = :id, whole_at = :at,
        but_for = NULL, but_for_since = NULL,
        changed_reading = CASE WHEN :changes THEN :id ELSE changed_reading END, digest = :digest,
        etag = :etag, last_modified = :modified, listed = :listed, definition_version = :version,
        ever_listed = (ever_listed OR :some), failure_streak = 0, failing_since = NULL
      WHERE id = :board AND latest_reading = :expected)",
      {{"id", id},
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

// The board's row is held: who keeps jobs of it has committed, or waits. A statement of its own, as
// one that waited for the row would not see that commit.
Result<void> CheckNothingWasKept(Transaction& tx, const BoardRow& board) {
  if (board.withheld == 0) return {};
  TRY(const auto now, QueryOne(tx.db(),
                               R"(
      SELECT count(*)
      FROM board_jobs
      WHERE board_id = :board AND expired_at IS NULL AND withheld_at IS NOT NULL)",
                               {{"board", board.id}}, [](const Row& row) { return row.Int(0); }));
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

Result<std::optional<SharedReading>> FindShared(Connection& db, const BoardRow& board,
                                                std::int64_t user_id, Timestamp since) {
  if (board.latest_reading == 0 || board.latest_reading != board.complete_reading)
    return std::nullopt;
  return QueryOne(db,
                  R"(
      SELECT g.run_id, g.finished_at
      FROM readings g
      JOIN ingestion_runs r ON r.id = g.run_id
      WHERE g.id = :reading AND r.user_id <> :user AND g.finished_at >= :since)",
                  {{"reading", board.latest_reading}, {"user", user_id}, {"since", since}},
                  [](const Row& row) { return SharedReading{row.Int(0), row.Time(1)}; });
}

Result<void> LoadPastReadings(Connection& db, std::int64_t board_id, std::int64_t first_missing,
                              KnownBoard& known) {
  TRY(known.complete, QueryAll(db,
                               R"(
      SELECT id, finished_at, listed, withheld, control, asked, stood
      FROM readings
      WHERE board_id = :board AND completeness IN ('complete', 'confirmed')
      ORDER BY id DESC
      LIMIT :most)",
                               {{"board", board_id}, {"most", kReadingsLoaded}}, PastReadingOf));
  // What the board's size was before that, however long ago.
  const std::int64_t oldest = known.complete.empty() ? 0 : known.complete.back().id;
  TRY(auto before, QueryAll(db,
                            R"(
      SELECT id, finished_at, listed, withheld, control, asked, stood
      FROM readings
      WHERE board_id = :board
        AND completeness IN ('complete', 'confirmed')
        AND NOT withheld
        AND id < :missing
        AND id < :oldest
      ORDER BY id DESC
      LIMIT :most)",
                            {{"board", board_id},
                             {"missing", first_missing},
                             {"oldest", oldest},
                             {"most", kSizesOfMedian}},
                            PastReadingOf));
  std::ranges::move(before, std::back_inserter(known.complete));
  TRY(known.but_for, QueryAll(db,
                              R"(
      SELECT id, finished_at, listed, withheld, control, asked, stood, digest
      FROM readings
      WHERE board_id = :board AND but_for IS NOT NULL
      ORDER BY id DESC
      LIMIT :most)",
                              {{"board", board_id}, {"most", kReadingsLoaded}}, [](const Row& row) {
                                PastReading past = PastReadingOf(row);
                                past.unread_digest = row.String(7);
                                return past;
                              }));
  for (const auto* readings : {&known.complete, &known.but_for})
    if (!readings->empty())
      known.whole_reading = std::max(known.whole_reading, readings->front().id);
  TRY(known.unreadable_since,
      QueryOne(db,
               R"(
      SELECT finished_at
      FROM readings
      WHERE board_id = :board
        AND id > coalesce(
            (
                SELECT id
                FROM readings
                WHERE board_id = :board AND completeness <> 'failed'
                ORDER BY id DESC
                LIMIT 1),
            0)
      ORDER BY id
      LIMIT 1)",
               {{"board", board_id}}, [](const Row& row) { return row.Time(0); }));
  return {};
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
