// The table run_companies: a company's part of a run, and the run's sums over them.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/error.h"
#include "db/db.h"
#include "domain/pace.h"
#include "domain/run_state.h"
#include "store/boards/contents.h"
#include "store/users/user_jobs.h"

namespace rolecall {

// Which company, and in which run.
struct CompanyKey {
  std::int64_t run_id = 0;
  std::string_view company;
};

struct CompanyOfRun {
  std::string company;
  std::int64_t board_id = 0;
  Stage stage = Stage::kWaiting;
  std::string error_message;
  CompanyCounts counts;
  std::int64_t reading_id = 0;     // 0: none yet
  std::int64_t since_reading = 0;  // the complete reading that the user had seen last, before
  std::optional<Timestamp> started_at, finished_at;
  std::optional<Wait> wait{};  // for its vendor; once NoteWaits noted it
  bool operator==(const CompanyOfRun&) const = default;
};

struct CompanyMove {
  Stage from, to;
};

// Compare-and-set of a company's stage, which nobody holds then; a final one sets its finish time.
// False where it is in another than `from`.
Result<bool> MoveCompany(Transaction& tx, const CompanyKey& key, CompanyMove move, Timestamp now);

// Writes the counts, reading and message of a company, and adds to the run's totals: once a company
// and run.
Result<void> WriteCompany(Transaction& tx, std::int64_t run_id, const CompanyOfRun& company);

// Adds to ready, skipped and failed of a company, and the run's totals with them.
Result<void> AddContentCounts(Transaction& tx, const CompanyKey& key, const ContentCounts& more);

// A company that is in the run only because its jobs left with it.
Result<void> AddRemovedCompany(Transaction& tx, std::int64_t run_id, const Departed& departed,
                               Timestamp now);

// The reading of the board that the company is carried through with.
Result<void> NoteReading(Transaction& tx, const CompanyKey& key, std::int64_t reading_id);

// What came of asking for the contents of a company in a run.
struct ContentsAsked {
  int asked = 0;
  int refused = 0;
  std::string first_refusal;  // also for programs that know no more than this one
  int remarks = 0;            // warnings about contents that came
};
// Adds to it, and returns what stands then.
Result<ContentsAsked> NoteAsked(Transaction& tx, const CompanyKey& key, const ContentsAsked& more);

// How a company ends that could not be carried through.
struct CompanyFailure {
  std::int64_t user_id = 0;  // whose run it is
  Stage stage = Stage::kError;
  std::string_view message;
};
// Before its reading ended it adds nothing, and what was active of it is not_reconciled; after
// that, the contents that were not settled count as failed.
Result<void> FailCompany(Transaction& tx, const CompanyKey& key, const CompanyFailure& failure,
                         Timestamp now);

// Companies that were not begun or not ended add nothing but a warning: what was active of them is
// not_reconciled.
Result<void> CloseUnfinished(Transaction& tx, const RunOfUser& run, std::string_view message,
                             Timestamp now);

Result<std::optional<CompanyOfRun>> LoadCompany(Connection& db, const CompanyKey& key);

// The kind of board of each company of the run that has not ended and is on one of these kinds.
Result<std::map<std::string, std::string, std::less<>>> LoadOpenOnKinds(
    Connection& db, std::int64_t run_id, std::span<const std::string> kinds);

}  // namespace rolecall
