// The table job_events: what became of a job, and the reading that it came of.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "db/columns.h"

namespace rolecall {

// Its texts live until it is added to the rows.
struct JobEventRow {
  std::int64_t job_id;
  std::int64_t reading_id;
  std::string_view kind;
  std::optional<std::string_view> detail;
  Timestamp at;
};

inline constexpr Columns kJobEventRow(Column("job_id", &JobEventRow::job_id),
                                      Column("reading_id", &JobEventRow::reading_id),
                                      Column("kind", &JobEventRow::kind),
                                      Column("detail", &JobEventRow::detail),
                                      Column("at", &JobEventRow::at));
using JobEventRows = RowsOf<kJobEventRow>;

inline Result<void> AddEvents(Transaction& tx, const JobEventRows& events) {
  return tx->InsertMany("job_events", kListOf<kJobEventRow>, events.table());
}

}  // namespace rolecall
