// Names each job of a board: those that a listing shows here, those that it lacks by a judge.
#include "domain/reconcile.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "domain/expiry.h"

namespace rolecall {
namespace {

bool WasAway(const KnownJob& job) {
  return !job.expired && (job.missing_reading || job.lacked_reading || job.withheld_since ||
                          job.last_seen_reading != 0);
}

// Whether what its digest covers changed. The digest decides alone where the words differ, since a
// database may keep them mended.
bool IsChanged(const KnownJob& before, const ListedJob& job) {
  const bool same =
      before.title == job.title && before.location == job.location && before.url == job.url;
  return !same && before.digest != JobDigest(job);
}

// The fates of listed jobs; marks in `seen` which known ones they are. One that expired keeps its
// row: an opening that was struck in March and is listed in May is reopened, with its history.
void NameListed(const KnownBoard& known, const std::vector<ListedJob>& listed,
                std::vector<bool>& seen, BoardPlan& plan) {
  std::unordered_map<std::string_view, std::size_t> known_at;
  known_at.reserve(known.jobs.size());
  for (std::size_t i = 0; i < known.jobs.size(); ++i)
    known_at.emplace(known.jobs[i].external_id, i);

  for (std::size_t i = 0; i < listed.size(); ++i) {
    const ListedJob& job = listed[i];
    const auto found = known_at.find(job.external_id);
    if (found == known_at.end()) {
      plan.jobs.push_back(
          {.fate = BoardFate::kNew, .listed = i, .content_changed = job.content.has_value()});
      continue;
    }
    const KnownJob& before = known.jobs[found->second];
    seen[found->second] = true;
    const BoardFate fate = before.expired           ? BoardFate::kReopened
                           : IsChanged(before, job) ? BoardFate::kChanged
                                                    : BoardFate::kUnchanged;
    plan.jobs.push_back(
        {.fate = fate,
         .id = before.id,
         .known = found->second,
         .listed = i,
         .content_changed = job.content && ContentDigestOf(job) != before.content_digest,
         .facts_changed = FactsDigestOf(job) != before.facts_digest,
         .came_back = WasAway(before)});
  }
}

// Known, open jobs that the listing only shows by an entry that cannot be read: it confirms them,
// and says nothing of them.
void NameConfirmedByEntry(const KnownBoard& known, const ListingButFor& listing,
                          std::vector<bool>& seen, BoardPlan& plan) {
  const std::vector<bool> shown = SeenIn(listing, known);
  for (std::size_t i = 0; i < known.jobs.size(); ++i) {
    const KnownJob& job = known.jobs[i];
    if (seen[i] || !shown[i] || job.expired) continue;
    seen[i] = true;
    plan.jobs.push_back(
        {.fate = BoardFate::kUnchanged, .id = job.id, .known = i, .came_back = WasAway(job)});
  }
}

// Judges what the listing lacks, one by one, and says what the whole of it is as evidence.
void NameAbsent(const KnownBoard& known, const Listing& listing, const std::vector<bool>& seen,
                const Testimony& testimony, const ExpiryPolicy& policy, Timestamp now,
                BoardPlan& plan) {
  const Evidence evidence{.listed = static_cast<int>(plan.jobs.size()),
                          .but_for = std::get_if<ListingButFor>(&listing),
                          .testimony = testimony};
  // An empty listing starts no clock: a job that the empty one of Monday lacked, and the one of 30
  // jobs on Friday lacks too, is missing since Friday.
  const bool may_start_clock = evidence.but_for == nullptr && evidence.listed > 0;
  const Judge judge(known, seen, evidence, policy, now);
  int held = 0;
  for (std::size_t i = 0; i < known.jobs.size(); ++i) {
    const KnownJob& job = known.jobs[i];
    if (seen[i] || job.expired) continue;
    const Verdict verdict = judge.Of(job);
    plan.jobs.push_back({.fate = verdict.fate,
                         .id = job.id,
                         .known = i,
                         .missing_anew = may_start_clock && job.missing_in_empty,
                         .reason = verdict.reason,
                         .witnesses = verdict.witnesses,
                         .withheld_anew = verdict.withheld_anew,
                         .by_guard = verdict.by_guard,
                         .withdrawn = IsOffered(known, job),
                         .witness = testimony.Of(job.external_id)});
    held += verdict.by_guard ? 1 : 0;
    plan.settles = plan.settles || verdict.settles;
  }
  // Where the guard holds back nobody of this listing, since all that were due settle by it, the
  // listing is no less a measure of the board than any other.
  plan.doubtful = judge.guards() ? held > 0 : judge.doubts();
  if (plan.doubtful) plan.trouble = judge.Trouble(held);
}

// Known, open jobs of which the reading says nothing.
void NameUnseen(const KnownBoard& known, const std::vector<bool>& seen, BoardPlan& plan) {
  for (std::size_t i = 0; i < known.jobs.size(); ++i)
    if (!seen[i] && !known.jobs[i].expired)
      plan.jobs.push_back({.fate = BoardFate::kNotReconciled,
                           .id = known.jobs[i].id,
                           .known = i,
                           .withdrawn = IsOffered(known, known.jobs[i])});
}

// A failed reading is no evidence. After long enough of them the jobs are offered to a person, and
// leave by that word alone, where the reading that it asked for failed too.
void NameUnreadable(const KnownBoard& known, const ExpiryPolicy& policy, Timestamp now,
                    BoardPlan& plan) {
  const Timestamp since = known.unreadable_since.value_or(now);
  for (std::size_t i = 0; i < known.jobs.size(); ++i) {
    const KnownJob& job = known.jobs[i];
    if (job.expired) continue;
    const bool offered = IsOffered(known, job);
    const bool is_due =
        now - std::max(since, job.kept_at.value_or(since)) >= policy.unreachable_after;
    PlannedJob planned{.fate = BoardFate::kNotReconciled, .id = job.id, .known = i};
    if (offered && job.approved) {
      planned.fate = BoardFate::kExpired;
      planned.reason = ExpiredReason::kUnreachable;
    } else if (offered || is_due) {
      planned.fate = BoardFate::kWithheld;
      planned.withheld_anew = !offered;
    }
    plan.jobs.push_back(planned);
  }
}

void NameConfirmed(const KnownBoard& known, BoardPlan& plan) {
  for (std::size_t i = 0; i < known.jobs.size(); ++i) {
    const KnownJob& job = known.jobs[i];
    if (job.expired) continue;
    const bool absent = job.missing_reading || job.lacked_reading;
    const BoardFate fate = job.withheld_since ? BoardFate::kWithheld
                           : absent           ? BoardFate::kMissing
                                              : BoardFate::kUnchanged;
    plan.jobs.push_back({.fate = fate, .id = job.id, .known = i});
  }
}

}  // namespace

int BoardPlan::Count(BoardFate fate) const {
  return static_cast<int>(std::ranges::count(jobs, fate, &PlannedJob::fate));
}

bool BoardPlan::ChangesNothing() const {
  return std::ranges::all_of(jobs, [](const PlannedJob& job) {
    return (job.fate == BoardFate::kUnchanged && !job.content_changed && !job.facts_changed &&
            !job.came_back) ||
           (job.fate == BoardFate::kNotReconciled && !job.withdrawn);
  });
}

BoardPlan Reconcile(const KnownBoard& known, const Listing& listing, const Testimony& testimony,
                    const ExpiryPolicy& policy, Timestamp now) {
  BoardPlan plan;
  const std::vector<ListedJob>& listed = JobsIn(listing);
  std::vector<bool> seen(known.jobs.size());
  plan.jobs.reserve(listed.size());
  switch (CompletenessOf(listing)) {
    case Completeness::kComplete:
      plan.whole = true;
      NameListed(known, listed, seen, plan);
      NameAbsent(known, listing, seen, testimony, policy, now, plan);
      return plan;
    case Completeness::kButFor:
      plan.whole = true;
      NameListed(known, listed, seen, plan);
      NameConfirmedByEntry(known, std::get<ListingButFor>(listing), seen, plan);
      NameAbsent(known, listing, seen, testimony, policy, now, plan);
      return plan;
    case Completeness::kPartial:
      plan.trouble = TroubleOf(listing);
      NameListed(known, listed, seen, plan);
      NameUnseen(known, seen, plan);
      return plan;
    case Completeness::kFailed:
      plan.trouble = TroubleOf(listing);
      NameUnreadable(known, policy, now, plan);
      return plan;
    case Completeness::kConfirmed:
      plan.whole = true;
      NameConfirmed(known, plan);
      return plan;
  }
  std::unreachable();
}

}  // namespace rolecall
