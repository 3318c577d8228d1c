// The tables ingestion_runs, run_companies and run_warnings: a run's status, its parts and its
// numbers.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "db/db.h"
#include "domain/contents.h"
#include "domain/run_state.h"
#include "store/users/companies.h"

namespace rolecall {

// Told when a run is added or moves on, and when a company of one comes free; the payload is its
// number.
inline constexpr Sql kRunsChannel = "rolecall_runs";

struct NewRun {
  std::string run_key;
  std::int64_t user_id = 0;
  std::string trigger;  // who asked: cli, api, schedule
  Ingestion ingestion = Ingestion::kCrawl;
  std::int64_t parent_run_id = 0;  // the run whose failures this one tries again; 0: none
};

// Adds a pending run over these companies. kConflict, naming the run, while another run of the user
// is active.
Result<std::int64_t> AddRun(Transaction& tx, const NewRun& run,
                            const std::vector<Following>& companies, Timestamp now);

// Compare-and-set: false where the run is not (any more) in `from`. A final status sets the finish
// time.
Result<bool> MoveRun(Transaction& tx, std::int64_t run_id, RunStatus from, RunStatus to,
                     std::string_view error_message, Timestamp now);

// The run is alive. False where it ended meanwhile.
Result<bool> BeatHeart(Transaction& tx, std::int64_t run_id, Timestamp now);

struct ActiveRun {
  std::int64_t id = 0;
  RunStatus status = RunStatus::kPending;
  Timestamp heartbeat_at;
};
Result<std::optional<ActiveRun>> FindActiveRun(Connection& db, std::int64_t user_id);

// Whether a run of the user was made after `since`.
Result<bool> HasRunSince(Connection& db, std::int64_t user_id, Timestamp since);

// Users with an enabled company, no active run, and none that was made after `since`.
Result<std::vector<std::int64_t>> LoadDueUsers(Connection& db, Timestamp since);

struct CompanyOfRun {
  std::string company;
  std::int64_t board_id = 0;
  Stage stage = Stage::kWaiting;
  std::string error_message;
  CompanyCounts counts;
  std::int64_t reading_id = 0;     // 0: none yet
  std::int64_t since_reading = 0;  // the complete reading that the user had seen last, before
  std::optional<Timestamp> started_at, finished_at;
  bool operator==(const CompanyOfRun&) const = default;
};

// Compare-and-set of a company's stage, which nobody holds then; a final one sets its finish time.
// False where it is in another.
Result<bool> MoveCompany(Transaction& tx, std::int64_t run_id, std::string_view company, Stage from,
                         Stage to, Timestamp now);

// Writes the counts, reading and message of a company, and adds to the run's totals: once a company
// and run.
Result<void> WriteCompany(Transaction& tx, std::int64_t run_id, const CompanyOfRun& company);

// Adds to ready, skipped and failed of a company, and the run's totals with them.
Result<void> AddContentCounts(Transaction& tx, std::int64_t run_id, std::string_view company,
                              int ready, int skipped, int failed);

// A company that is in the run only because its jobs left with it.
Result<void> AddRemovedCompany(Transaction& tx, std::int64_t run_id, std::string_view company,
                               std::int64_t board_id, int expired, Timestamp now);

// The reading of the board that the company is carried through with.
Result<void> NoteReading(Transaction& tx, std::int64_t run_id, std::string_view company,
                         std::int64_t reading_id);

// What came of asking for the contents of a company in a run.
struct ContentsAsked {
  int asked = 0;
  int refused = 0;
  std::string first_refusal;
  int remarks = 0;  // warnings about contents that came
};
// Adds to it, and returns what stands then.
Result<ContentsAsked> NoteAsked(Transaction& tx, std::int64_t run_id, std::string_view company,
                                const ContentsAsked& more);

// A company that could not be carried through, and ends as `end`. Before its reading ended it adds
// nothing, and what was active of it is not_reconciled; after that, the contents that were not
// settled count as failed.
Result<void> FailCompany(Transaction& tx, std::int64_t run_id, std::int64_t user_id,
                         std::string_view company, Stage end, std::string_view message,
                         Timestamp now);

// Companies that were not begun or not ended add nothing but a warning: what was active of them is
// not_reconciled.
Result<void> CloseUnfinished(Transaction& tx, std::int64_t run_id, std::int64_t user_id,
                             std::string_view message, Timestamp now);

// One that the run has already is not added again.
Result<void> AddWarning(Transaction& tx, std::int64_t run_id, std::string_view company,
                        std::string_view message, Timestamp now);

struct RunWarning {
  std::string company;  // empty: of the whole run
  std::string message;
};

struct RunRecord {
  std::int64_t id = 0;
  std::int64_t user_id = 0;
  RunStatus status = RunStatus::kPending;
  std::string error_message;
  std::string trigger;
  Ingestion ingestion = Ingestion::kCrawl;
  std::int64_t parent_run_id = 0;  // 0: none
  Timestamp created_at;
  std::optional<Timestamp> started_at, finished_at;
  CompanyCounts totals;  // total_jobs is totals.included
  std::vector<RunWarning> warnings;
  std::vector<CompanyOfRun> companies;
};

// kNotFound where the user has no such run.
Result<RunRecord> LoadRun(Connection& db, std::int64_t user_id, std::int64_t run_id);

// kNotFound where the user has no such run.
Result<RunStatus> LoadRunStatus(Connection& db, std::int64_t user_id, std::int64_t run_id);

Result<std::optional<CompanyOfRun>> LoadCompany(Connection& db, std::int64_t run_id,
                                                std::string_view company);

// Newest first, without warnings and companies; `before` 0: from the newest.
Result<std::vector<RunRecord>> ListRuns(Connection& db, std::int64_t user_id, int limit,
                                        std::int64_t before);

}  // namespace rolecall
