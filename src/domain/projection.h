// A user's plan: what a board's plan and the filters mean for one follower, each job named once.
// Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/company_filter.h"
#include "domain/reconcile.h"
#include "domain/run_state.h"

namespace rolecall {

// A board as it stands once its plan is carried out. Views into the KnownBoard and the Listing that
// it was made of, and must not outlive them.
struct BoardJob {
  std::int64_t id = 0;  // 0 while the job is not written
  std::string_view external_id, title, location, url;
  // Where one works: of a job that its listing shows as it was, as its own answer states it.
  StatedPlaces stated{};
  bool open = true;
  std::size_t planned = kNone;  // index into BoardPlan::jobs; none for a job that left before
  BoardFate fate = BoardFate::kUnchanged;
  ExpiredReason reason = ExpiredReason::kGone;  // where it is not open
  std::int64_t changed_reading = 0;
  std::int64_t version = 0;  // as KnownJob::version
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);
};

struct BoardState {
  std::vector<BoardJob> jobs;
  bool whole = false;  // the reading may remove, as BoardPlan::whole
};

BoardState StateAfter(const KnownBoard& known, const Listing& listing, const BoardPlan& plan);

// What the store holds of one job for one user.
struct UserJob {
  std::int64_t job_id = 0;
  bool left = false;     // expired for this user
  bool missing = false;  // a run noted that it is not listed
  std::int64_t wrote_reading =
      0;  // the reading that last wrote this row, where that came after last_reading_id
};

struct UserView {
  std::vector<UserJob> jobs;
  std::int64_t last_reading_id = 0;  // the last whole reading that was projected for this user
};

enum class UserFate : std::uint8_t {
  kNew,
  kChanged,
  kUnchanged,
  kReopened,
  kExpired,
  kMissing,
  kWithheld,
  kExcluded,
  kNotReconciled,
};

// "new", "not_reconciled": as the counts of a run are named.
std::string_view Name(UserFate fate);

struct UserPlanned {
  UserFate fate;
  std::size_t job;                              // index into BoardState::jobs
  std::string rule;                             // why the job is excluded, else empty
  ExpiredReason reason = ExpiredReason::kGone;  // where fate is kExpired
  bool writes = false;                          // the user's row differs after this
};

struct UserPlan {
  std::vector<UserPlanned> jobs;
  CompanyCounts counts;  // without ready, skipped and failed, which depend on contents
};

UserPlan Project(const UserView& view, const BoardState& board, const CompanyFilter& filter);
// Fails as `check`.
Result<UserPlan> Project(const UserView& view, const BoardState& board, const CompanyFilter& filter,
                         const CheckEffort& check);

}  // namespace rolecall
