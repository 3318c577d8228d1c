// Names what a listing changes of a board, and weighs the witnesses of what it does not show.
#include "domain/reconcile.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
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

// Empty readings in a row.
struct Empties {
  std::int64_t first = std::numeric_limits<std::int64_t>::max();  // a reading that is not written
  Timestamp since;  // of those that are known; the first may have come before
  Timestamp began;
  int readings = 1;
};

// Those that end with the board read empty now. A job that a partial listing showed in between
// makes them begin anew, whether it has left since or not.
Empties EmptiesUntil(Timestamp now, const KnownBoard& known) {
  Empties empties{.since = now, .began = now};
  std::int64_t empty_from = 0;
  std::optional<Timestamp> last_left;  // since when all that were ever listed are missing
  for (const KnownJob& job : known.jobs) {
    if (!job.expired && !job.missing_reading) return empties;
    if (job.missing_reading.value_or(0) < empty_from) continue;
    empty_from = job.missing_reading.value_or(0);
    last_left = job.missing_since;
  }
  for (const PastReading& past : known.complete) {
    if (past.listed != 0 || past.id < empty_from) return empties;
    empties = {
        .first = past.id, .since = past.at, .began = past.at, .readings = empties.readings + 1};
  }
  // They go back further than what is known of readings.
  if (last_left) empties.began = std::min(empties.began, *last_left);
  return empties;
}

bool AreBelieved(const Empties& empties, const ExpiryPolicy& policy, Timestamp now) {
  return empties.readings >= policy.zero_readings && now - empties.since >= policy.zero_over;
}

// The complete readings that lacked a job, the one now among them.
struct Absence {
  std::chrono::milliseconds lasted{};
  int readings = 1;
};

// Nothing where none before the one now is evidence. An empty reading is none, unless the board is
// empty now too and `believed` for it.
std::optional<Absence> AbsenceOf(const KnownJob& job, const KnownBoard& known,
                                 const std::optional<Empties>& believed, Timestamp now) {
  if (!job.missing_reading || !job.missing_since) return std::nullopt;
  if (job.missing_in_empty && !believed) return std::nullopt;
  const Timestamp since =
      job.missing_in_empty ? std::max(*job.missing_since, believed->began) : *job.missing_since;
  const auto lacked = std::ranges::count_if(known.complete, [&](const PastReading& past) {
    return past.id >= *job.missing_reading &&
           (past.listed > 0 || (believed && past.id >= believed->first));
  });
  return Absence{.lasted = now - since, .readings = 1 + static_cast<int>(lacked)};
}

// Absent jobs that no second witness calls gone leave on absence alone, when it has lasted.
bool IsDue(const std::optional<Absence>& absence, const ExpiryPolicy& policy) {
  return absence && absence->lasted >= (policy.has_second_witness ? policy.delisted_after
                                                                  : policy.absent_twice_apart);
}

bool IsConfirmed(const std::optional<Absence>& absence, const ExpiryPolicy& policy) {
  return absence && absence->readings >= policy.confirm_readings &&
         absence->lasted >= policy.confirm_over;
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
         .came_back = !before.expired && (before.missing_reading || before.withheld_since ||
                                          before.last_seen_reading != 0)});
  }
}

// Whether a listing is so much smaller than usual that absence from it is no evidence.
bool IsShrunken(int listed, int on_one_witness, int active, double median,
                const ExpiryPolicy& policy) {
  return on_one_witness > policy.guard_above && (listed < (1 - policy.guard_drop) * median ||
                                                 on_one_witness > policy.guard_share * active);
}

// The sizes of the last complete readings, those included that a listing of `listed` settles: one
// of some jobs settles no empty one.
std::vector<int> SettledBaseline(const KnownBoard& known, int listed) {
  std::vector<int> sizes;
  for (const PastReading& past : known.complete) {
    if (sizes.size() == kBaseline) break;
    if (past.withheld && past.listed == 0 && listed > 0) continue;
    sizes.push_back(past.listed);
  }
  return sizes;
}

void NameAbsent(const KnownBoard& known, int listed, const std::vector<bool>& seen,
                const std::map<std::string, Witness>& witnesses, const ExpiryPolicy& policy,
                Timestamp now, BoardPlan& plan) {
  const int active = ActiveCount(known);
  std::optional<Empties> believed;
  if (const Empties empties = EmptiesUntil(now, known);
      listed == 0 && AreBelieved(empties, policy, now))
    believed = empties;
  const bool empty_is_doubted = listed == 0 && active > 0 && !believed;

  std::vector<PlannedJob> absent;
  int on_one_witness = 0;
  for (std::size_t i = 0; i < known.jobs.size(); ++i) {
    if (seen[i] || known.jobs[i].expired) continue;
    const auto answer = witnesses.find(known.jobs[i].external_id);
    const Witness witness = answer == witnesses.end() ? Witness::kNotAsked : answer->second;
    if (witness != Witness::kGone) ++on_one_witness;
    const bool offered = IsOffered(known, known.jobs[i]);
    const bool stays_withheld = known.jobs[i].withheld_since && !offered;
    absent.push_back({.fate = stays_withheld ? BoardFate::kWithheld : BoardFate::kMissing,
                      .id = known.jobs[i].id,
                      .known = i,
                      .missing_anew = listed > 0 && known.jobs[i].missing_in_empty,
                      .withdrawn = offered,
                      .witness = witness});
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
    const bool was_withheld = job.fate == BoardFate::kWithheld;
    const std::optional<Absence> absence = AbsenceOf(before, known, believed, now);
    if (job.witness == Witness::kGone) {
      job.fate = BoardFate::kExpired;
      job.reason = ExpiredReason::kGone;
    } else if (before.approved && was_withheld) {
      job.fate = BoardFate::kExpired;
      job.reason = ExpiredReason::kConfirmed;
      plan.settles = true;
    } else if (IsDue(absence, policy)) {
      if (!guarded && !was_withheld) {
        job.fate = BoardFate::kExpired;
        job.reason = policy.has_second_witness ? ExpiredReason::kDelisted : ExpiredReason::kGone;
      } else if (IsConfirmed(absence, policy)) {
        job.fate = BoardFate::kExpired;
        job.reason = ExpiredReason::kConfirmed;
        plan.settles = true;
      } else {
        job.fate = BoardFate::kWithheld;
        job.withheld_anew = !was_withheld;
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
                                               Median(SettledBaseline(known, listed)), policy);
  }
  std::ranges::move(absent, std::back_inserter(plan.jobs));
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
           (job.fate == BoardFate::kNotReconciled && !job.withdrawn);
  });
}

std::vector<std::string> Absentees(const KnownBoard& known, const Listing& listing,
                                   const ExpiryPolicy& policy, Timestamp now) {
  const auto* complete = std::get_if<CompleteListing>(&listing);
  if (complete == nullptr || !policy.has_second_witness) return {};
  if (complete->jobs().empty() && !AreBelieved(EmptiesUntil(now, known), policy, now)) return {};
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
    NameUnreadable(known, policy, now, plan);
  } else {
    plan.complete = true;
    NameConfirmed(known, plan);
  }
  return plan;
}

}  // namespace rolecall
