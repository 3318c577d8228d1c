// Tells the jobs of which a new projection may say something else. All others of the user are
// listed, in scope and unchanged, and are counted without being looked at.
#include "domain/changed_part.h"

#include <algorithm>

namespace rolecall {
namespace {

// A content that may be counted, or asked for, otherwise than one that is ready and was before.
bool HasNewsOfContent(const KnownJob& job, const LastProjection& last, const ContentPolicy& policy,
                      Timestamp now) {
  return job.content_reading > last.reading_id || job.content_state != ContentState::kReady ||
         (job.content_checked_at && now - *job.content_checked_at > policy.stale_after);
}

bool MayDiffer(const BoardJob& job, const LastProjection& last, const KnownBoard& known,
               const BoardPlan& plan, const ContentPolicy& policy, Timestamp now) {
  if (job.version > last.board_version) return true;
  if (job.planned == BoardJob::kNone) return false;  // it left before, and nothing came of it since
  const PlannedJob& planned = plan.jobs[job.planned];
  if (planned.fate != BoardFate::kUnchanged || planned.content_changed || planned.facts_changed ||
      planned.came_back || planned.known == PlannedJob::kNone)
    return true;
  return HasNewsOfContent(known.jobs[planned.known], last, policy, now);
}

}  // namespace

ChangedPart ChangedSince(const LastProjection& last, const KnownBoard& known, const BoardPlan& plan,
                         const BoardState& state, const ContentPolicy& policy, Timestamp now) {
  ChangedPart part;
  part.board.whole = state.whole;
  for (const BoardJob& job : state.jobs)
    if (MayDiffer(job, last, known, plan, policy, now))
      part.board.jobs.push_back(job);
    else if (job.planned != BoardJob::kNone)
      ++part.listed_else;
  return part;
}

bool AddUnchanged(const LastProjection& last, int listed_else, const UserView& view,
                  CompanyCounts& counts, ContentPlan& contents) {
  const auto active =
      std::ranges::count_if(view.jobs, [](const UserJob& job) { return !job.left; });
  const int unchanged = last.active - static_cast<int>(active);
  if (unchanged < 0 || unchanged > listed_else) return false;
  counts.listed += listed_else;
  counts.included += unchanged;
  counts.excluded += listed_else - unchanged;
  counts.unchanged += unchanged;
  counts.active_before += unchanged;
  contents.skipped += unchanged;
  return true;
}

}  // namespace rolecall
