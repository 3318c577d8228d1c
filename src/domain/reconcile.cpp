// Names what a listing changes of a board, and weighs the witnesses of what it does not show.
#include "domain/reconcile.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

namespace rolecall {
namespace {

constexpr std::size_t kBaseline = 5;  // complete readings that say how large the board usually is

int ActiveCount(const KnownBoard& known) {
  return static_cast<int>(std::ranges::count(known.jobs, false, &KnownJob::expired));
}

// Half of a sorted list; 0 where nothing is known yet, so that a first listing is never below it.
double Median(std::vector<int> sizes) {
  if (sizes.empty()) return 0;
  std::ranges::sort(sizes);
  const std::size_t middle = sizes.size() / 2;
  return sizes.size() % 2 == 1 ? sizes[middle] : (sizes[middle - 1] + sizes[middle]) / 2.0;
}

// Whether an empty board, read empty now, has been read so often and long enough to be believed.
// A job that a partial listing showed in between makes the count begin anew.
bool ZeroIsBelieved(const KnownBoard& known, const ExpiryPolicy& policy, Timestamp now) {
  std::int64_t empty_from = 0;
  for (const KnownJob& job : known.jobs) {
    if (job.expired) continue;
    if (!job.missing_reading) return false;
    empty_from = std::max(empty_from, *job.missing_reading);
  }
  int readings = 1;
  Timestamp since = now;
  for (const PastReading& past : known.complete) {
    if (past.listed != 0 || past.id < empty_from) break;
    ++readings;
    since = past.at;
  }
  return readings >= policy.zero_readings && now - since >= policy.zero_over;
}

// Complete readings that did not show the job, this one among them.
int ReadingsWithout(const KnownBoard& known, const KnownJob& job) {
  if (!job.missing_reading) return 1;
  return 1 + static_cast<int>(std::ranges::count_if(known.complete, [&](const PastReading& past) {
           return past.id >= *job.missing_reading;
         }));
}

// Absent jobs that no second witness calls gone leave on absence alone, when it has lasted.
bool IsDue(const KnownJob& job, const ExpiryPolicy& policy, Timestamp now) {
  if (!job.missing_since) return false;
  const auto patience =
      policy.has_second_witness ? policy.delisted_after : policy.absent_twice_apart;
  return now - *job.missing_since >= patience;
}

bool IsConfirmed(const KnownBoard& known, const KnownJob& job, const ExpiryPolicy& policy,
                 Timestamp now) {
  return ReadingsWithout(known, job) >= policy.confirm_readings && job.missing_since &&
         now - *job.missing_since >= policy.confirm_over;
}

// The fates of listed jobs; marks in `seen` which known ones they are.
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
    const BoardFate fate = before.expired                    ? BoardFate::kReopened
                           : before.digest != JobDigest(job) ? BoardFate::kChanged
                                                             : BoardFate::kUnchanged;
    plan.jobs.push_back(
        {.fate = fate,
         .id = before.id,
         .known = found->second,
         .listed = i,
         .content_changed = job.content && ContentDigestOf(job) != before.content_digest,
         .came_back = !before.expired && before.missing_reading.has_value()});
  }
}

// Whether a listing is so much smaller than usual that absence from it is no evidence.
bool IsShrunken(int listed, int on_one_witness, int active, double median,
                const ExpiryPolicy& policy) {
  return on_one_witness > policy.guard_above && (listed < (1 - policy.guard_drop) * median ||
                                                 on_one_witness > policy.guard_share * active);
}

// The sizes of the last complete readings, those included that were withheld until now.
std::vector<int> SettledBaseline(const KnownBoard& known) {
  std::vector<int> sizes;
  for (const PastReading& past : known.complete) {
    if (sizes.size() == kBaseline) break;
    sizes.push_back(past.listed);
  }
  return sizes;
}

void NameAbsent(const KnownBoard& known, int listed, const std::vector<bool>& seen,
                const std::map<std::string, Witness>& witnesses, const ExpiryPolicy& policy,
                Timestamp now, BoardPlan& plan) {
  const int active = ActiveCount(known);
  const bool empty_is_doubted = listed == 0 && active > 0 && !ZeroIsBelieved(known, policy, now);

  std::vector<PlannedJob> absent;
  int on_one_witness = 0;
  for (std::size_t i = 0; i < known.jobs.size(); ++i) {
    if (seen[i] || known.jobs[i].expired) continue;
    const auto answer = witnesses.find(known.jobs[i].external_id);
    const Witness witness = answer == witnesses.end() ? Witness::kNotAsked : answer->second;
    if (witness != Witness::kGone) ++on_one_witness;
    const BoardFate as_before =
        known.jobs[i].withheld_since ? BoardFate::kWithheld : BoardFate::kMissing;
    absent.push_back({.fate = as_before, .id = known.jobs[i].id, .known = i, .witness = witness});
  }

  const double median = Median(known.baseline);
  const bool guarded = IsShrunken(listed, on_one_witness, active, median, policy);
  plan.doubtful = empty_is_doubted || guarded;
  if (empty_is_doubted)
    plan.trouble = fmt::format(
        "0 jobs listed where {} were known: nothing expires until {} readings over {} hours agree",
        active, policy.zero_readings, policy.zero_over.count());

  for (PlannedJob& job : absent) {
    const KnownJob& before = known.jobs[job.known];
    if (empty_is_doubted) continue;
    if (job.witness == Witness::kGone) {
      job.fate = BoardFate::kExpired;
      job.reason = ExpiredReason::kGone;
    } else if (before.approved && before.withheld_since) {
      job.fate = BoardFate::kExpired;
      job.reason = ExpiredReason::kConfirmed;
      plan.settles = true;
    } else if (IsDue(before, policy, now)) {
      if (!guarded && !before.withheld_since) {
        job.fate = BoardFate::kExpired;
        job.reason = policy.has_second_witness ? ExpiredReason::kDelisted : ExpiredReason::kGone;
      } else if (IsConfirmed(known, before, policy, now)) {
        job.fate = BoardFate::kExpired;
        job.reason = ExpiredReason::kConfirmed;
        plan.settles = true;
      } else {
        job.fate = BoardFate::kWithheld;
      }
    }
  }
  if (guarded && plan.trouble.empty())
    plan.trouble = fmt::format(
        "{} of {} known jobs are gone from a listing of {}{}, on that evidence alone",
        on_one_witness, active, listed, median > 0 ? fmt::format(" (usually {:.0f})", median) : "");
  if (plan.settles && guarded) {
    // What is left is judged by the usual size as it is now that the withheld listings count.
    const auto left = [&](BoardFate fate) {
      return static_cast<int>(std::ranges::count(absent, fate, &PlannedJob::fate));
    };
    const int withheld = left(BoardFate::kWithheld);
    plan.doubtful = withheld > 0 || IsShrunken(listed, left(BoardFate::kMissing),
                                               active - left(BoardFate::kExpired),
                                               Median(SettledBaseline(known)), policy);
  }
  std::ranges::move(absent, std::back_inserter(plan.jobs));
}

// Known, open jobs of which the reading says nothing.
void NameUnseen(const KnownBoard& known, const std::vector<bool>& seen, BoardPlan& plan) {
  for (std::size_t i = 0; i < known.jobs.size(); ++i)
    if (!seen[i] && !known.jobs[i].expired)
      plan.jobs.push_back({.fate = BoardFate::kNotReconciled, .id = known.jobs[i].id, .known = i});
}

void NameConfirmed(const KnownBoard& known, BoardPlan& plan) {
  for (std::size_t i = 0; i < known.jobs.size(); ++i) {
    const KnownJob& job = known.jobs[i];
    if (job.expired) continue;
    const BoardFate fate = job.withheld_since    ? BoardFate::kWithheld
                           : job.missing_reading ? BoardFate::kMissing
                                                 : BoardFate::kUnchanged;
    plan.jobs.push_back({.fate = fate, .id = job.id, .known = i});
  }
}

// A number that depends on the job and the reading alone: turns the order of checks without keeping
// any state.
std::uint64_t Turn(std::string_view external_id, std::int64_t reading) {
  std::uint64_t hash = 14695981039346656037ULL ^ static_cast<std::uint64_t>(reading);
  for (const char c : external_id) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  return hash ^ (hash >> 29);
}

}  // namespace

int BoardPlan::Count(BoardFate fate) const {
  return static_cast<int>(std::ranges::count(jobs, fate, &PlannedJob::fate));
}

bool BoardPlan::ChangesNothing() const {
  return std::ranges::all_of(jobs, [](const PlannedJob& job) {
    return (job.fate == BoardFate::kUnchanged && !job.content_changed && !job.came_back) ||
           job.fate == BoardFate::kNotReconciled;
  });
}

std::vector<std::string> Absentees(const KnownBoard& known, const Listing& listing,
                                   const ExpiryPolicy& policy, Timestamp now) {
  const auto* complete = std::get_if<CompleteListing>(&listing);
  if (complete == nullptr || !policy.has_second_witness) return {};
  if (complete->jobs().empty() && !ZeroIsBelieved(known, policy, now)) return {};
  std::unordered_set<std::string_view> listed;
  listed.reserve(complete->jobs().size());
  for (const ListedJob& job : complete->jobs()) listed.insert(job.external_id);

  const std::int64_t reading = known.complete.empty() ? 0 : known.complete.front().id;
  struct Absent {
    bool before;          // newly absent ones come first …
    std::uint64_t order;  // … as they are known; the others turn
    const KnownJob* job;
  };
  std::vector<Absent> absent;
  for (std::size_t i = 0; i < known.jobs.size(); ++i) {
    const KnownJob& job = known.jobs[i];
    if (job.expired || listed.contains(job.external_id)) continue;
    const bool before = job.missing_reading.has_value();
    absent.push_back({before, before ? Turn(job.external_id, reading) : i, &job});
  }
  std::ranges::sort(absent, {}, [](const Absent& one) { return std::pair(one.before, one.order); });
  std::vector<std::string> ids;
  for (const Absent& one : absent) {
    if (static_cast<int>(ids.size()) == policy.max_checks) break;
    ids.push_back(one.job->external_id);
  }
  return ids;
}

BoardPlan Reconcile(const KnownBoard& known, const Listing& listing,
                    const std::map<std::string, Witness>& witnesses, const ExpiryPolicy& policy,
                    Timestamp now) {
  BoardPlan plan;
  std::vector<bool> seen(known.jobs.size());
  if (const auto* complete = std::get_if<CompleteListing>(&listing)) {
    plan.complete = true;
    plan.jobs.reserve(complete->jobs().size());
    NameListed(known, complete->jobs(), seen, plan);
    NameAbsent(known, static_cast<int>(complete->jobs().size()), seen, witnesses, policy, now,
               plan);
  } else if (const auto* partial = std::get_if<PartialListing>(&listing)) {
    plan.trouble = partial->trouble;
    NameListed(known, partial->jobs, seen, plan);
    NameUnseen(known, seen, plan);
  } else if (const auto* failed = std::get_if<FailedListing>(&listing)) {
    plan.trouble = failed->trouble;
    NameUnseen(known, seen, plan);
  } else {
    plan.complete = true;
    NameConfirmed(known, plan);
  }
  return plan;
}

}  // namespace rolecall
