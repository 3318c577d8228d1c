// Reads back what the next plan needs of the ledger.
#include <algorithm>
#include <iterator>

#include "db/columns.h"
#include "domain/guard.h"
#include "store/boards/readings.h"

namespace rolecall {
namespace {

// More than any rule counts: five listings over fourteen days, read as often as every quarter of an
// hour.
constexpr int kReadingsLoaded = 1'400;

Control ControlOf(std::string_view name) {
  if (name == "held") return Control::kHeld;
  return name == "failed" ? Control::kFailed : Control::kNotAsked;
}

constexpr Columns kPastReading(Column("id", &PastReading::id),
                               Column("finished_at", &PastReading::at),
                               Column("listed", &PastReading::listed),
                               Column("withheld", &PastReading::withheld),
                               Column("control", &PastReading::control, ControlOf),
                               Column("asked", &PastReading::asked),
                               Column("stood", &PastReading::stood));

constexpr auto kCompleteReadings = SqlOf<kPastReading>(R"(
      SELECT {columns}
      FROM readings
      WHERE board_id = :board AND completeness IN ('complete', 'confirmed'))");
constexpr auto kSelectComplete = kCompleteReadings + R"(
      ORDER BY id DESC
      LIMIT :most)";
constexpr auto kSelectSizesBefore = kCompleteReadings + R"(
        AND NOT withheld
        AND id < :missing
        AND id < :oldest
      ORDER BY id DESC
      LIMIT :most)";

constexpr auto kSelectButFor = SqlOf<kPastReading>(R"(
      SELECT {columns}, digest
      FROM readings
      WHERE board_id = :board AND but_for IS NOT NULL
      ORDER BY id DESC
      LIMIT :most)");

PastReading ReadButFor(const Row& row) {
  PastReading past = kPastReading(row);
  past.unread_digest = row.Text(kPastReading.size());
  return past;
}

}  // namespace

Result<void> LoadPastReadings(Connection& db, std::int64_t board_id, std::int64_t first_missing,
                              KnownBoard& known) {
  TRY(known.complete, QueryAll(db, kSelectComplete,
                               {{"board", board_id}, {"most", kReadingsLoaded}}, kPastReading));
  // What the board's size was before a job went missing, however long ago: the guard weighs what
  // leaves by it. A board that was read 1,400 times since has it in none of those above.
  const std::int64_t oldest = known.complete.empty() ? 0 : known.complete.back().id;
  TRY(auto before, QueryAll(db, kSelectSizesBefore,
                            {{"board", board_id},
                             {"missing", first_missing},
                             {"oldest", oldest},
                             {"most", kSizesOfMedian}},
                            kPastReading));
  std::ranges::move(before, std::back_inserter(known.complete));
  TRY(known.but_for,
      QueryAll(db, kSelectButFor, {{"board", board_id}, {"most", kReadingsLoaded}}, ReadButFor));
  for (const auto* readings : {&known.complete, &known.but_for})
    if (!readings->empty())
      known.whole_reading = std::max(known.whole_reading, readings->front().id);
  TRY(known.unreadable_since, QueryOne(db,
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
                                       {{"board", board_id}}, FirstColumn<Timestamp>));
  return {};
}

}  // namespace rolecall
