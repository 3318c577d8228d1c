// Lays a user's filter and rows over the state of a board.
#include "domain/projection.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

namespace rolecall {
namespace {

bool IsListed(const BoardJob& job) {
  switch (job.fate) {
    case BoardFate::kNew:
    case BoardFate::kChanged:
    case BoardFate::kUnchanged:
    case BoardFate::kReopened:
      return job.open;
    case BoardFate::kMissing:
    case BoardFate::kExpired:
    case BoardFate::kWithheld:
    case BoardFate::kNotReconciled:
      return false;
  }
  std::unreachable();
}

BoardJob FromKnown(const KnownJob& known) {
  return {
      .id = known.id,
      .external_id = known.external_id,
      .title = known.title,
      .location = known.location,
      .url = known.url,
      .stated = {.places = known.detail_location.empty() ? known.location : known.detail_location,
                 .workplace = known.workplace},
      .open = !known.expired,
      .changed_reading = known.changed_reading,
      .version = known.version};
}

UserPlanned PlanListed(const BoardState& board, std::size_t index, const UserJob* row,
                       std::int64_t last_reading, std::optional<std::string> rule) {
  const BoardJob& job = board.jobs[index];
  const bool active = row != nullptr && !row->left;
  if (rule) {
    // A partial listing removes nothing, not even by the filter.
    const UserFate fate = !active       ? UserFate::kExcluded
                          : board.whole ? UserFate::kExpired
                                        : UserFate::kNotReconciled;
    return {.fate = fate,
            .job = index,
            .rule = *std::move(rule),
            .reason = ExpiredReason::kFiltered,
            .writes = fate == UserFate::kExpired};
  }
  if (row == nullptr) return {.fate = UserFate::kNew, .job = index, .rule = {}, .writes = true};
  if (row->left) return {.fate = UserFate::kReopened, .job = index, .rule = {}, .writes = true};
  const bool changed = job.fate == BoardFate::kChanged || job.fate == BoardFate::kReopened ||
                       job.changed_reading > std::max(last_reading, row->wrote_reading);
  return {.fate = changed ? UserFate::kChanged : UserFate::kUnchanged,
          .job = index,
          .rule = {},
          .writes = changed || row->missing};
}

// `row` is active: what has left for the user already is not named again.
UserPlanned PlanAbsent(const BoardState& board, std::size_t index, const UserJob& row,
                       std::optional<std::string> rule) {
  const BoardJob& job = board.jobs[index];
  UserPlanned planned{.fate = UserFate::kNotReconciled, .job = index, .rule = {}};
  const bool left_unreachable = !job.open && job.reason == ExpiredReason::kUnreachable;
  if (!board.whole && job.fate == BoardFate::kWithheld) planned.fate = UserFate::kWithheld;
  if (!board.whole && !left_unreachable) return planned;
  if (!job.open) {
    planned.fate = UserFate::kExpired;
    planned.reason = job.reason;
    planned.writes = true;
  } else if (rule) {
    planned.fate = UserFate::kExpired;
    planned.rule = *std::move(rule);
    planned.reason = ExpiredReason::kFiltered;
    planned.writes = true;
  } else {
    planned.fate = job.fate == BoardFate::kWithheld ? UserFate::kWithheld : UserFate::kMissing;
    planned.writes = !row.missing;
  }
  return planned;
}

// How a job stood before the plan, and on the board.
struct Stood {
  bool listed;
  bool active;
};

void CountPlanned(const UserPlanned& planned, const Stood& stood, CompanyCounts& counts) {
  if (stood.listed) {
    ++counts.listed;
    ++(planned.rule.empty() ? counts.included : counts.excluded);
  }
  if (stood.active) ++counts.active_before;
  switch (planned.fate) {
    case UserFate::kNew:
      ++counts.new_jobs;
      break;
    case UserFate::kChanged:
      ++counts.changed;
      break;
    case UserFate::kUnchanged:
      ++counts.unchanged;
      break;
    case UserFate::kReopened:
      ++counts.reopened;
      break;
    case UserFate::kExpired:
      ++counts.expired;
      break;
    case UserFate::kMissing:
      ++counts.missing;
      break;
    case UserFate::kWithheld:
      ++counts.withheld;
      break;
    case UserFate::kNotReconciled:
      ++counts.not_reconciled;
      break;
    case UserFate::kExcluded:
      break;
  }
}

}  // namespace

std::string_view Name(UserFate fate) {
  switch (fate) {
    case UserFate::kNew:
      return "new";
    case UserFate::kChanged:
      return "changed";
    case UserFate::kUnchanged:
      return "unchanged";
    case UserFate::kReopened:
      return "reopened";
    case UserFate::kExpired:
      return "expired";
    case UserFate::kMissing:
      return "missing";
    case UserFate::kWithheld:
      return "withheld";
    case UserFate::kExcluded:
      return "excluded";
    case UserFate::kNotReconciled:
      return "not_reconciled";
  }
  std::unreachable();
}

BoardState StateAfter(const KnownBoard& known, const Listing& listing, const BoardPlan& plan) {
  const std::vector<ListedJob>& listed = JobsIn(listing);
  BoardState state;
  state.whole = plan.whole;
  state.jobs.reserve(plan.jobs.size() + 16);
  std::vector<bool> named(known.jobs.size());
  for (std::size_t i = 0; i < plan.jobs.size(); ++i) {
    const PlannedJob& planned = plan.jobs[i];
    BoardJob job;
    if (planned.known != PlannedJob::kNone) {
      named[planned.known] = true;
      job = FromKnown(known.jobs[planned.known]);
    }
    if (planned.listed != PlannedJob::kNone) {
      const ListedJob& now = listed[planned.listed];
      job.external_id = now.external_id;
      job.title = now.title;
      job.location = now.location;
      // What its own answer states of places stands for as long as the listing says the same of
      // them: a changed title makes that no worse.
      const bool moved =
          planned.known == PlannedJob::kNone || known.jobs[planned.known].location != now.location;
      if (moved || job.stated.places.empty()) job.stated.places = now.location;
      if (!now.facts.workplace.empty()) job.stated.workplace = now.facts.workplace;
      job.url = now.url;
    }
    job.id = planned.id;
    job.open = planned.fate != BoardFate::kExpired;
    job.planned = i;
    job.fate = planned.fate;
    job.reason = planned.reason;
    state.jobs.push_back(job);
  }
  for (std::size_t i = 0; i < known.jobs.size(); ++i) {
    if (named[i]) continue;
    BoardJob job = FromKnown(known.jobs[i]);
    job.fate = BoardFate::kExpired;
    job.reason = known.jobs[i].expired_reason;
    state.jobs.push_back(job);
  }
  return state;
}

UserPlan Project(const UserView& view, const BoardState& board, const CompanyFilter& filter) {
  return *Project(view, board, filter, {});
}

Result<UserPlan> Project(const UserView& view, const BoardState& board, const CompanyFilter& filter,
                         const CheckEffort& check) {
  std::unordered_map<std::int64_t, const UserJob*> rows;
  rows.reserve(view.jobs.size());
  for (const UserJob& row : view.jobs) rows.emplace(row.job_id, &row);

  UserPlan plan;
  plan.jobs.reserve(board.jobs.size());
  for (std::size_t i = 0; i < board.jobs.size(); ++i) {
    const BoardJob& job = board.jobs[i];
    const auto found = job.id == 0 ? rows.end() : rows.find(job.id);
    const UserJob* row = found == rows.end() ? nullptr : found->second;
    const bool active = row != nullptr && !row->left;
    const bool listed = IsListed(job);
    if (!listed && !active) continue;
    TRY(std::optional<std::string> rule, filter.WhyExcluded({job.title, job.stated}, check));
    plan.jobs.push_back(listed ? PlanListed(board, i, row, view.last_reading_id, std::move(rule))
                               : PlanAbsent(board, i, *row, std::move(rule)));
    CountPlanned(plan.jobs.back(), {.listed = listed, .active = active}, plan.counts);
  }
  return plan;
}

}  // namespace rolecall
