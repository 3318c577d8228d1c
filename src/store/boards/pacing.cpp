// The key's row is its lock: whoever writes takes it first, and then reads the clock.
#include "store/boards/pacing.h"

#include <fmt/format.h>

namespace rolecall {
namespace {

Pace<Timestamp> ReadPace(const Row& row) {
  return {.next_start = row.Time(0),
          .held_until = row.Time(1),
          .open_until = row.Time(2),
          .opened_after = static_cast<int>(row.Int(3)),
          .failures = static_cast<int>(row.Int(4)),
          .opened_for = std::chrono::milliseconds(row.Int(5))};
}

Result<Pace<Timestamp>> LockPace(Transaction& tx, std::string_view key) {
  // The update changes nothing: it waits for the row, and reads it as the one before left it.
  TRY(const auto pace, QueryOne(tx.db(),
                                R"(
      INSERT INTO pacing (
          key, next_start, held_until, open_until, opened_after, failures, opened_for_ms)
      VALUES (:key, :never, :never, :never, 0, 0, 0)
      ON CONFLICT (key) DO UPDATE SET failures = pacing.failures
      RETURNING next_start, held_until, open_until, opened_after, failures, opened_for_ms)",
                                {{"key", key}, {"never", Timestamp{}}}, ReadPace));
  if (!pace) return Fail(Errc::kStorage, fmt::format("the pace of {} vanished", key));
  return *pace;
}

Result<void> WritePace(Transaction& tx, std::string_view key, const Pace<Timestamp>& pace) {
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

}  // namespace

Result<PaceInStore> LoadPace(Connection& db, std::string_view key, Timestamp now) {
  TRY(const auto found, QueryOne(db,
                                 R"(
      SELECT p.next_start, p.held_until, p.open_until, p.opened_after, p.failures, p.opened_for_ms,
        (SELECT count(*) FROM pacing_slots s WHERE s.key = p.key AND s.until > :now)
      FROM pacing p
      WHERE p.key = :key)",
                                 {{"key", key}, {"now", now}}, [](const Row& row) {
                                   return PaceInStore{.pace = ReadPace(row),
                                                      .running = static_cast<int>(row.Int(6))};
                                 }));
  return found.value_or(PaceInStore{});
}

Result<std::vector<HeldKey>> LoadHeld(Connection& db, Timestamp now) {
  return QueryAll(db,
                  R"(
      SELECT key, held_until, open_until, opened_after
      FROM pacing
      WHERE held_until > :now OR open_until > :now
      ORDER BY key)",
                  {{"now", now}}, [&](const Row& row) {
                    return HeldKey{.key = row.String(0),
                                   .held_for = row.Time(1) - now,
                                   .left_alone_for = row.Time(2) - now,
                                   .opened_after = static_cast<int>(row.Int(3))};
                  });
}

Result<std::optional<std::int64_t>> TakeSlot(Transaction& tx, std::string_view key,
                                             std::string_view worker,
                                             const PacingSettings& settings, const Clock& clock) {
  TRY(Pace<Timestamp> pace, LockPace(tx, key));
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
                                [](const Row& row) { return row.Int(0); }));
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

Result<void> ChangePace(Transaction& tx, std::string_view key,
                        const std::function<void(Pace<Timestamp>&)>& change) {
  TRY(Pace<Timestamp> pace, LockPace(tx, key));
  change(pace);
  return WritePace(tx, key, pace);
}

}  // namespace rolecall
