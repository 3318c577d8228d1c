// The jobs of a run, each as the run left it; and the tables run_seen and run_jobs, which keep what
// else would tell of them no more.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/error.h"
#include "db/db.h"

namespace rolecall {

struct JobOfRun {
  std::string company, external_id, title;
  std::string status;  // pending, ready, skipped, error, expired
  bool operator==(const JobOfRun&) const = default;
};

// Notes the ids of jobs that an incomplete listing found unchanged: of a complete one, the
// company's last run tells as much. Once a company and run.
Result<void> NoteSeen(Transaction& tx, std::int64_t run_id, std::string_view company,
                      const std::vector<std::int64_t>& job_ids);

// Jobs of the board became others, by `becomes`: what active runs noted as seen follows.
Result<void> RenumberSeen(Transaction& tx, std::int64_t board_id,
                          const std::unordered_map<std::int64_t, std::int64_t>& becomes);

// Jobs of these companies that a reading of the run saw, or that the run wrote or expired, by
// company, title and id; whole companies, up to kMostJobsTold. True while the run is active: later
// runs of the user take over those that they see, and those of others change contents.
Result<std::vector<JobOfRun>> FindJobsOfRun(Connection& db, std::int64_t run_id,
                                            const std::set<std::string>& companies);

// Keeps what was found as the run ends; once a run.
Result<void> KeepJobsOfRun(Transaction& tx, std::int64_t run_id, const std::vector<JobOfRun>& jobs);

// Those that were kept; nothing of a run that is active, of before they were kept, or long ago.
Result<std::optional<std::vector<JobOfRun>>> LoadKeptJobs(Connection& db, std::int64_t run_id);

// The same; for a run that kept none, active or of before they were kept, those that
// can be found of these companies.
Result<std::vector<JobOfRun>> LoadJobsOfRun(Connection& db, std::int64_t run_id,
                                            const std::set<std::string>& companies);

}  // namespace rolecall
