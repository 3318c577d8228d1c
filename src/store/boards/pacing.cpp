// Reads and writes the paces of vendors. The key's row is its lock: whoever writes takes it first,
// and then reads the clock.
#include "store/boards/pacing.h"

#include <fmt/format.h>

#include "db/columns.h"
#include "store/runs/run_lines.h"

namespace rolecall {
namespace {

using StoredPace = Pace<Timestamp>;

constexpr Columns kPace(Column("next_start", &StoredPace::next_start),
                        Column("held_until", &StoredPace::held_until),
                        Column("open_until", &StoredPace::open_until),
                        Column("opened_after", &StoredPace::opened_after),
                        Column("failures", &StoredPace::failures),
                        Column("opened_for_ms", &StoredPace::opened_for));

// The update changes nothing: it waits for the row, and reads it as the one before left it.
constexpr auto kLockPace = SqlOf<kPace>(R"(
      INSERT INTO pacing (
          key, next_start, held_until, open_until, opened_after, failures, opened_for_ms)
      VALUES (:key, :never, :never, :never, 0, 0, 0)
      ON CONFLICT (key) DO UPDATE SET failures = pacing.failures
      RETURNING {columns})");

Result<StoredPace> LockPace(Transaction& tx, std::string_view key) {
  TRY(const auto pace, QueryOne(tx.db(), kLockPace, {{"key", key}, {"never", Timestamp{}}}, kPace));
  if (!pace) return Fail(Errc::kStorage, fmt::format("the pace of {} vanished", key));
  return *pace;
}

Result<void> WritePace(Transaction& tx, std::string_view key, const StoredPace& pace) {
  CHECK_OK(tx->Run(R"(
      UPDATE pacing
      SET next_start = :next_start,
        held_until = :held_until, open_until = :open_until, opened_after = :opened_after,
        failures = :failures, opened_for_ms = :opened_for
      WHERE key = :key)",
                   {{"key", key},
                    {"next_start", pace.next_start},
                    {"held_until", pace.held_until},
                    {"open_until", pace.open_until},
                    {"opened_after", pace.opened_after},
                    {"failures", pace.failures},
                    {"opened_for", std::int64_t{pace.opened_for.count()}}}));
  return {};
}

constexpr auto kSelectPace = SqlOf<kPace>(R"(
      SELECT {columns},
        (SELECT count(*) FROM pacing_slots s WHERE s.key = p.key AND s.until > :now)
      FROM pacing p
      WHERE p.key = :key)");

struct HeldRow {
  std::string key;
  Timestamp held_until, open_until;
  int opened_after;
};

constexpr Columns kHeldRow(Column("key", &HeldRow::key), Column("held_until", &HeldRow::held_until),
                           Column("open_until", &HeldRow::open_until),
                           Column("opened_after", &HeldRow::opened_after));
constexpr auto kSelectHeld = SqlOf<kHeldRow>(R"(
      SELECT {columns}
      FROM pacing
      WHERE held_until > :now OR open_until > :now
      ORDER BY key)");

}  // namespace

Result<PaceInStore> LoadPace(Connection& db, std::string_view key, Timestamp now) {
  TRY(const auto found, QueryOne(db, kSelectPace, {{"key", key}, {"now", now}}, [](const Row& row) {
        return PaceInStore{.pace = kPace(row), .running = static_cast<int>(row.Int(kPace.size()))};
      }));
  return found.value_or(PaceInStore{});
}

Result<std::vector<HeldKey>> LoadHeld(Connection& db, Timestamp now) {
  return QueryAll(db, kSelectHeld, {{"now", now}}, [&](const Row& row) {
    HeldRow held = kHeldRow(row);
    return HeldKey{.key = std::move(held.key),
                   .held_for = held.held_until - now,
                   .left_alone_for = held.open_until - now,
                   .opened_after = held.opened_after};
  });
}

Result<std::optional<std::int64_t>> TakeSlot(Transaction& tx, std::string_view key,
                                             std::string_view worker,
                                             const PacingSettings& settings, const Clock& clock) {
  TRY(StoredPace pace, LockPace(tx, key));
  const Timestamp now = clock();
  if (now < pace.open_until || now < pace.Start()) return std::nullopt;
  CHECK_OK(tx->Run("DELETE FROM pacing_slots WHERE key = :key AND until <= :now",
                   {{"key", key}, {"now", now}}));
  TRY(const auto slot, QueryOne(tx.db(),
                                R"(
      INSERT INTO pacing_slots (key, worker, until)
      SELECT :key, :worker, :until
      WHERE (SELECT count(*) FROM pacing_slots WHERE key = :key) < :at_once
      RETURNING id)",
                                {{"key", key},
                                 {"worker", worker},
                                 {"until", now + settings.slot_lapses},
                                 {"at_once", settings.at_once}},
                                FirstColumn<std::int64_t>));
  if (!slot) return std::nullopt;
  pace.next_start = now + settings.pause;
  CHECK_OK(WritePace(tx, key, pace));
  return slot;
}

Result<void> FreeSlot(Transaction& tx, std::int64_t slot) {
  CHECK_OK(tx->Run("DELETE FROM pacing_slots WHERE id = :slot", {{"slot", slot}}));
  return {};
}

Result<void> FreeSlotsOf(Transaction& tx, std::string_view worker) {
  CHECK_OK(tx->Run("DELETE FROM pacing_slots WHERE worker = :worker", {{"worker", worker}}));
  return {};
}

Result<void> FreeSlotsOfAbsent(Transaction& tx, Timestamp now) {
  CHECK_OK(tx->Run(R"(
      DELETE FROM pacing_slots
      WHERE worker IN (
          SELECT name
          FROM workers
          WHERE until < :now))",
                   {{"now", now}}));
  return {};
}

Result<void> ChangePace(Transaction& tx, std::string_view key,
                        const std::function<void(Pace<Timestamp>&)>& change) {
  TRY(StoredPace pace, LockPace(tx, key));
  change(pace);
  return WritePace(tx, key, pace);
}

namespace {

// Of a run that has news: any may have.
constexpr std::string_view kAnyRun = "0";

struct ToldWait {
  std::string key;
  Timestamp until;
  std::string why;
};

constexpr Columns kToldWait(Column("key", &ToldWait::key), Column("told_until", &ToldWait::until),
                            Column("told_why", &ToldWait::why));
constexpr auto kSelectWaits = SqlOf<kToldWait>(R"(
      SELECT {columns}
      FROM pacing
      WHERE told_until > :now)");

}  // namespace

Result<void> NoteWait(Transaction& tx, std::string_view key, const Wait& wait) {
  TRY(const auto noted, tx->Run(R"(
      UPDATE pacing
      SET told_until = :until, told_why = :why
      WHERE key = :key AND (told_until IS NULL OR told_until < :until))",
                                {{"until", wait.until}, {"why", wait.why}, {"key", key}}));
  return noted == 0 ? Result<void>() : tx->Notify(kRunNewsChannel, kAnyRun);
}

Result<std::map<std::string, Wait, std::less<>>> LoadWaits(Connection& db, Timestamp now) {
  std::map<std::string, Wait, std::less<>> waits;
  CHECK_OK(db.Each(kSelectWaits, {{"now", now}}, [&](const Row& row) {
    ToldWait told = kToldWait(row);
    waits[told.key] = {.until = told.until, .why = std::move(told.why)};
  }));
  return waits;
}

}  // namespace rolecall
