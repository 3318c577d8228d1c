// The tables run_lines and run_log_heads: a run's log, numbered without gaps.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "db/db.h"

namespace rolecall {

// Told when the log of a run grew, its numbers changed, or it waits for a vendor; the payload is
// the run's number, or 0, where any run may.
inline constexpr Sql kRunNewsChannel = "rolecall_run_news";

struct RunLine {
  std::int64_t seq = 0;    // from 1; given when the line is stored, 0 before
  std::int64_t at_ms = 0;  // since 1970; raised where the line before it was told later
  std::string level;       // info, warning, error
  std::string company;     // empty: of the whole run
  std::string message;
};

// Stores the lines after the run's last one and gives them their numbers. Their times never fall
// along the numbers, and are later than that of any line of another transaction before: whoever
// read up to a millisecond, and asks for what came after it, misses nothing. Holds the run's log
// until the transaction ends. kNotFound where the run has no log, or its log was closed.
Result<void> AppendLines(Transaction& tx, std::int64_t run_id, std::vector<RunLine>& lines);

// Whether all lines of one call of AppendLines, as it numbered them, are there: for whoever does
// not know how its transaction ended. Holds the run's log until the transaction ends, so that the
// other one is over by then.
Result<bool> HasLines(Transaction& tx, std::int64_t run_id, const std::vector<RunLine>& lines);

// The number of the last line; 0 before the first.
Result<std::int64_t> LoadLastSeq(Connection& db, std::int64_t run_id);

// Nothing can be appended any more.
Result<void> CloseLog(Transaction& tx, std::int64_t run_id);

// What a reader that wants all lines asks for at a time.
inline constexpr int kLinesAPage = 1'000;

// At most `limit` lines after number `after`, in order.
Result<std::vector<RunLine>> LoadLines(Connection& db, std::int64_t run_id, std::int64_t after,
                                       int limit);

// The lines of these numbers, in the order of the numbers; those that there are not are left out.
Result<std::vector<RunLine>> LoadLinesOf(Connection& db, std::int64_t run_id,
                                         const std::vector<std::int64_t>& numbers);

// The number of the first line at `at_ms` or later; nothing where there is none yet.
Result<std::optional<std::int64_t>> FindLineAt(Connection& db, std::int64_t run_id,
                                               std::int64_t at_ms);

}  // namespace rolecall
