// The tables ingestion_runs and run_warnings: a run, its status, and what it warned of.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "db/db.h"
#include "domain/contents.h"
#include "domain/run_state.h"
#include "store/runs/run_companies.h"
#include "store/users/companies.h"
#include "store/users/users.h"

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
  bool only_named = false;         // of some companies alone, and of nothing that left elsewhere
};

// Adds a pending run over these companies. kConflict, naming the run, while another run of the user
// is active.
Result<std::int64_t> AddRun(Transaction& tx, const NewRun& run,
                            const std::vector<Following>& companies, Timestamp now);

struct RunMove {
  RunStatus from, to;
  std::string_view error_message = "";  // empty: it keeps what it has
};

// Compare-and-set: false where the run is not (any more) in `from`. A final status sets the finish
// time.
Result<bool> MoveRun(Transaction& tx, std::int64_t run_id, const RunMove& move, Timestamp now);

// The run is alive. False where it ended meanwhile.
Result<bool> BeatHeart(Transaction& tx, std::int64_t run_id, Timestamp now);

struct ActiveRun {
  std::int64_t id = 0;
  RunStatus status = RunStatus::kPending;
  Timestamp heartbeat_at;
};
Result<std::optional<ActiveRun>> FindActiveRun(Connection& db, std::int64_t user_id);

struct ProfileWithRun {
  UserProfile user;
  std::optional<std::int64_t> active_run;
};
// Both in one statement. kNotFound where there is no such user.
Result<ProfileWithRun> LoadProfileWithRun(Connection& db, std::int64_t user_id);

// Whether a run of the user was made after `since`.
Result<bool> HasRunSince(Connection& db, std::int64_t user_id, Timestamp since);

// Users with an enabled company or jobs of one that they left, no active run, and none that was
// made after `since`.
Result<std::vector<std::int64_t>> LoadDueUsers(Connection& db, Timestamp since);

// A warning of a company, or, without one, of the whole run. One that the run has already is not
// added again.
Result<void> AddWarning(Transaction& tx, const CompanyKey& key, std::string_view message,
                        Timestamp now);

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
  int warning_count = 0;
  std::vector<RunWarning> warnings;
  std::vector<CompanyOfRun> companies;
};

// kNotFound where the user has no such run.
Result<RunRecord> LoadRun(Connection& db, std::int64_t user_id, std::int64_t run_id);

// kNotFound where the user has no such run.
Result<RunStatus> LoadRunStatus(Connection& db, std::int64_t user_id, std::int64_t run_id);

// Those of these runs that have ended.
Result<std::set<std::int64_t>> FindEndedRuns(Connection& db,
                                             const std::vector<std::int64_t>& run_ids);

// Newest first, without warnings and companies; `before` 0: from the newest.
Result<std::vector<RunRecord>> ListRuns(Connection& db, std::int64_t user_id, int limit,
                                        std::int64_t before);

}  // namespace rolecall
