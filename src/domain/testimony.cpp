// Chooses whose own addresses are asked. Turns the order of questions from reading to reading, so
// that none waits for ever.
#include "domain/testimony.h"

#include <algorithm>
#include <string_view>
#include <tuple>
#include <unordered_set>

#include "domain/absence.h"

namespace rolecall {
namespace {

// A number that depends on the job and the reading alone: turns the order of checks without keeping
// any state.
std::uint64_t TurnOf(std::string_view external_id, std::int64_t reading) {
  std::uint64_t hash = 14695981039346656037ULL ^ static_cast<std::uint64_t>(reading);
  for (const char c : external_id) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  return hash ^ (hash >> 29);
}

// "R-1042" of "R-1042-1": one opening may be posted on several sites, each with a number of its
// own.
std::string_view WithoutPosting(std::string_view id) {
  const auto hyphen = id.find_last_not_of("0123456789");
  if (hyphen == std::string_view::npos || id[hyphen] != '-' || hyphen + 1 == id.size()) return id;
  const std::string_view before = id.substr(0, hyphen);
  return before.find_first_of("0123456789") == std::string_view::npos ? id : before;
}

}  // namespace

Witness Testimony::Of(const std::string& external_id) const {
  const auto answer = answers.find(external_id);
  return answer == answers.end() ? Witness::kNotAsked : answer->second;
}

int Testimony::CountOf(Witness witness) const {
  return static_cast<int>(
      std::ranges::count_if(answers, [&](const auto& answer) { return answer.second == witness; }));
}

std::vector<std::string> Absentees(const KnownBoard& known, const Listing& listing,
                                   const ExpiryPolicy& policy, Timestamp now) {
  const Completeness completeness = CompletenessOf(listing);
  const bool complete = completeness == Completeness::kComplete;
  const bool whole = complete || completeness == Completeness::kButFor;
  if (!whole || !policy.has_second_witness) return {};
  if (JobsIn(listing).empty() && !AreBelieved(EmptiesUntil(now, known), policy, now)) return {};
  const std::vector<bool> seen = SeenIn(listing, known);

  const std::int64_t reading = known.whole_reading;
  struct Absent {
    bool before;          // newly absent ones come first …
    std::uint64_t order;  // … as they are known; the others turn
    const KnownJob* job;
  };
  std::vector<Absent> absent;
  for (std::size_t i = 0; i < known.jobs.size(); ++i) {
    const KnownJob& job = known.jobs[i];
    if (job.expired || seen[i]) continue;
    const bool before = job.missing_reading || job.lacked_reading;
    absent.push_back({before, before ? TurnOf(job.external_id, reading) : i, &job});
  }
  std::ranges::sort(absent, {}, [](const Absent& one) { return std::pair(one.before, one.order); });
  std::vector<std::string> ids;
  for (const Absent& one : absent) {
    if (static_cast<int>(ids.size()) == policy.max_checks) break;
    ids.push_back(one.job->external_id);
  }
  return ids;
}

std::vector<const ListedJob*> ControlsOf(const KnownBoard& known, const Listing& listing,
                                         const ExpiryPolicy& policy) {
  std::unordered_set<std::string_view> open;
  for (const KnownJob& job : known.jobs)
    if (!job.expired) open.insert(job.external_id);
  std::vector<const ListedJob*> controls;
  for (const ListedJob& job : JobsIn(listing)) controls.push_back(&job);
  const std::int64_t reading = known.whole_reading;
  const auto count = std::min(controls.size(), static_cast<std::size_t>(policy.controls));
  std::ranges::partial_sort(controls, controls.begin() + static_cast<std::ptrdiff_t>(count), {},
                            [&](const ListedJob* job) {
                              return std::pair(!open.contains(job->external_id),
                                               TurnOf(job->external_id, reading));
                            });
  controls.resize(count);
  return controls;
}

std::vector<bool> SeenIn(const Listing& listing, const KnownBoard& known) {
  std::unordered_set<std::string_view> ids, shown, requisitions;
  for (const KnownJob& job : known.jobs) ids.insert(job.external_id);
  for (const ListedJob& job : JobsIn(listing)) shown.insert(job.external_id);
  if (const auto* but_for = std::get_if<ListingButFor>(&listing))
    for (const UnreadEntry& entry : but_for->unread()) {
      if (ids.contains(entry.external_id))
        shown.insert(entry.external_id);
      else if (!entry.requisition.empty())
        requisitions.insert(entry.requisition);
    }
  std::vector<bool> seen(known.jobs.size());
  for (std::size_t i = 0; i < known.jobs.size(); ++i) {
    const std::string_view id = known.jobs[i].external_id;
    seen[i] =
        shown.contains(id) || (!requisitions.empty() && requisitions.contains(WithoutPosting(id)));
  }
  return seen;
}

}  // namespace rolecall
