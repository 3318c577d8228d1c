// The table job_events: what became of a job, and the reading that it came of.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

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

// What the last expiry of each of these jobs stood on: "gone: absent from …"; jobs that never
// expired are left out.
Result<std::map<std::int64_t, std::string>> LoadExpiryEvidence(
    Connection& db, const std::vector<std::int64_t>& jobs);

inline Result<void> AddEvents(Transaction& tx, const JobEventRows& events) {
  return tx->InsertMany("job_events", kListOf<kJobEventRow>, events.table());
}

}  // namespace rolecall
