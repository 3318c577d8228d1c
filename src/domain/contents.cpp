// Plans which contents are asked for. Walks the included jobs of a user's plan.
#include "domain/contents.h"

#include <algorithm>

namespace rolecall {
namespace {

bool IsIncluded(const UserPlanned& planned) {
  switch (planned.fate) {
    case UserFate::kNew:
    case UserFate::kChanged:
    case UserFate::kUnchanged:
    case UserFate::kReopened:
      return true;
    case UserFate::kExpired:
    case UserFate::kMissing:
    case UserFate::kWithheld:
    case UserFate::kExcluded:
    case UserFate::kNotReconciled:
      return false;
  }
  std::unreachable();
}

struct Standing {
  ContentState state = ContentState::kReady;
  bool came = false;  // its content came or changed in this very reading
  std::int64_t reading = 0;
  std::optional<Timestamp> checked_at;
};

Standing StandingOf(const KnownBoard& known, const BoardPlan& board_plan, const BoardJob& job,
                    const ContentPolicy& policy) {
  if (job.planned == BoardJob::kNone) return {};
  const PlannedJob& planned = board_plan.jobs[job.planned];
  Standing standing;
  if (planned.known != PlannedJob::kNone) {
    const KnownJob& before = known.jobs[planned.known];
    standing = {before.content_state, false, before.content_reading, before.content_checked_at};
  }
  if (!policy.by_request) {
    standing.came = planned.content_changed && !planned.boilerplate;
    if (planned.content_changed) standing.state = ContentState::kReady;
  } else if (planned.fate == BoardFate::kNew || planned.fate == BoardFate::kChanged ||
             planned.fate == BoardFate::kReopened) {
    standing.state = ContentState::kOutstanding;
  }
  return standing;
}

}  // namespace

ContentPlan PlanContents(const PlannedCompany& company, const ContentPolicy& policy,
                         Timestamp now) {
  const auto& [known, board_plan, board, plan, last_reading] = company;
  ContentPlan contents;
  if (policy.ingestion == Ingestion::kMock) return contents;
  struct Stale {
    Timestamp checked_at;
    std::int64_t job_id;
    bool fresh;
  };
  std::vector<Stale> stale;
  for (const UserPlanned& planned : plan.jobs) {
    if (!IsIncluded(planned)) continue;
    const BoardJob& job = board.jobs[planned.job];
    const Standing standing = StandingOf(known, board_plan, job, policy);
    const bool fresh =
        planned.fate != UserFate::kUnchanged || standing.came || standing.reading > last_reading;
    if (policy.by_request && standing.state == ContentState::kOutstanding)
      contents.ask.push_back(job.id);
    else if (standing.state == ContentState::kFailed)
      ++contents.failed;
    else if (policy.by_request && board.whole && standing.checked_at &&
             now - *standing.checked_at > policy.stale_after)
      stale.push_back({*standing.checked_at, job.id, fresh});
    else
      ++(fresh ? contents.ready : contents.skipped);
  }
  std::ranges::sort(stale, {},
                    [](const Stale& one) { return std::pair(one.checked_at, one.job_id); });
  for (const Stale& one : stale)
    if (&one - stale.data() < policy.max_stale)
      contents.ask.push_back(one.job_id);
    else
      ++(one.fresh ? contents.ready : contents.skipped);
  return contents;
}

}  // namespace rolecall
