// Listings and known boards with defaults, for the tests of the pure heart.
#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "domain/projection.h"
#include "domain/reconcile.h"

namespace rolecall {

inline constexpr Timestamp kNoon{std::chrono::milliseconds(1'790'000'000'000)};

// A job as its board first lists it: "Job 7" in Bern.
inline ListedJob MakeListed(int number) {
  const std::string id = std::to_string(number);
  return {.external_id = id,
          .title = "Job " + id,
          .location = "Bern",
          .url = "https://board.test/" + id,
          .content = {}};
}

inline std::vector<ListedJob> MakeListed(int first, int last) {
  std::vector<ListedJob> jobs;
  for (int number = first; number <= last; ++number) jobs.push_back(MakeListed(number));
  return jobs;
}

inline Listing Complete(std::vector<ListedJob> jobs) {
  ListingBuilder builder(1'000'000);
  builder.AddPage(std::move(jobs));
  return std::move(builder).Finish();
}

// Whole but for one entry that cannot be read, and is told by that digest.
inline Listing ButForOne(std::vector<ListedJob> jobs, std::string digest = "unread",
                         std::string external_id = "", std::string requisition = "") {
  ListingBuilder builder(1'000'000);
  builder.AddUnreadable({.place = 1,
                         .what = "an entry without title",
                         .digest = std::move(digest),
                         .external_id = std::move(external_id),
                         .requisition = std::move(requisition)});
  builder.AddPage(std::move(jobs));
  return std::move(builder).Finish();
}

inline Listing Partial(std::vector<ListedJob> jobs) {
  return PartialListing{std::move(jobs), "page 3 of 5 failed (HTTP 502)"};
}

// What the store holds of a listed job, its id a hundred above its number.
inline KnownJob MakeKnown(int number) {
  ListedJob listed = MakeListed(number);
  std::string digest = JobDigest(listed);
  return {.id = 100 + number,
          .external_id = std::move(listed.external_id),
          .title = std::move(listed.title),
          .location = std::move(listed.location),
          .url = std::move(listed.url),
          .digest = std::move(digest),
          .content_digest = {},
          .changed_reading = 1};
}

// Jobs 1 to `count`, as five complete readings of that size left them.
inline KnownBoard MakeKnownBoard(int count) {
  KnownBoard board;
  for (int number = 1; number <= count; ++number) board.jobs.push_back(MakeKnown(number));
  for (int id = 5; id >= 1; --id)
    board.complete.push_back(
        {.id = id, .at = kNoon - std::chrono::hours(24 * (40 - id)), .listed = count});
  board.whole_reading = 5;
  return board;
}

// Makes the jobs first to last missing since a reading, the first of those without them, `ago`; the
// readings come a while apart.
inline void MakeMissing(KnownBoard& board, int first, int last, std::chrono::minutes ago,
                        int readings, std::chrono::minutes apart = std::chrono::minutes(1)) {
  const std::int64_t reading = 11;
  for (int number = first; number <= last; ++number) {
    KnownJob& job = board.jobs[static_cast<std::size_t>(number - 1)];
    job.missing_reading = reading;
    job.missing_since = kNoon - ago;
    job.missing_in_empty = first == 1 && last == static_cast<int>(board.jobs.size());
    job.last_seen_reading = 5;
  }
  for (int i = 0; i < readings; ++i)
    board.complete.insert(board.complete.begin(),
                          {.id = reading + i,
                           .at = kNoon - ago + i * apart,
                           .listed = static_cast<int>(board.jobs.size()) - (last - first + 1),
                           .withheld = true});
  board.whole_reading = reading + readings - 1;
}

// Withholds the jobs first to last by the guard, since a time `ago`.
inline void WithholdByGuard(KnownBoard& board, int first, int last, std::chrono::minutes ago) {
  for (int number = first; number <= last; ++number) {
    KnownJob& job = board.jobs[static_cast<std::size_t>(number - 1)];
    job.withheld_since = kNoon - ago;
    job.withheld_by_guard = true;
  }
}

// The own addresses of jobs first to last, where those of listed jobs are in order.
inline Testimony AllSay(Witness witness, int first, int last) {
  Testimony testimony{.answers = {}, .control = Control::kHeld};
  for (int number = first; number <= last; ++number)
    testimony.answers[std::to_string(number)] = witness;
  return testimony;
}

inline constexpr ExpiryPolicy kTwoWitnesses{};
inline constexpr ExpiryPolicy kOneWitness{.has_second_witness = false};

// The board lists its jobs 1 to `listed`; the others' own addresses all say the same.
inline BoardPlan PlanFor(const KnownBoard& known, int listed, Witness others,
                         const ExpiryPolicy& policy) {
  return Reconcile(known, Complete(MakeListed(1, listed)),
                   AllSay(others, listed + 1, static_cast<int>(known.jobs.size())), policy, kNoon);
}

// The planned job of that number; aborts the test where the plan does not name it.
inline const PlannedJob& Planned(const BoardPlan& plan, const KnownBoard& known,
                                 const Listing& listing, int number) {
  const std::string id = std::to_string(number);
  const auto found = std::ranges::find_if(plan.jobs, [&](const PlannedJob& job) {
    if (job.known != PlannedJob::kNone) return known.jobs.at(job.known).external_id == id;
    return JobsIn(listing).at(job.listed).external_id == id;
  });
  if (found == plan.jobs.end()) std::abort();
  return *found;
}

}  // namespace rolecall
