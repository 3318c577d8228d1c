// The table run_fates: which jobs made the numbers of a run, and what differs between two runs.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/error.h"
#include "db/db.h"
#include "domain/projection.h"
#include "store/runs/runs.h"

namespace rolecall {

// Those that are kept; Name has their names.
inline constexpr std::array kKeptFates{UserFate::kNew,     UserFate::kChanged,  UserFate::kReopened,
                                       UserFate::kMissing, UserFate::kWithheld, UserFate::kExpired};

struct FateOfJob {
  std::int64_t job_id = 0;
  UserFate fate = UserFate::kNew;
};

// Keeps them with those of the company that the run has already; others than kKeptFates are left
// out.
Result<void> KeepFates(Transaction& tx, const CompanyKey& company,
                       const std::vector<FateOfJob>& fates);

// Jobs of the board became others, by `becomes`.
Result<void> RenumberFates(Transaction& tx, std::int64_t board_id,
                           const std::unordered_map<std::int64_t, std::int64_t>& becomes);

// Jobs of the run that had this fate, in the order of ids, each once; all so far while it is
// active. kNotFound where the user has no such run, kConflict where nothing was kept of it.
Result<std::vector<std::int64_t>> LoadJobsOfFate(Connection& db, const RunOfUser& run,
                                                 UserFate fate);

// What differs between what two runs of a user left open, from the earlier to the later one.
struct RunsCompared {
  std::vector<std::int64_t> came;     // never open before
  std::vector<std::int64_t> back;     // had left before the earlier run ended
  std::vector<std::int64_t> changed;  // open both times
  std::vector<std::int64_t> gone;
};

// By the fates of all runs between. kNotFound where the user does not have both, kConflict where
// one of them is active, or nothing was kept of one between.
Result<RunsCompared> CompareRuns(Connection& db, std::int64_t user_id, std::int64_t earlier,
                                 std::int64_t later);

}  // namespace rolecall
