// How long a job has been absent, and a board empty. Counts the readings in a row, back from the
// one now.
#include "domain/absence.h"

#include <algorithm>

namespace rolecall {

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

bool Lacked(const PastReading& past, const KnownJob& job, const std::optional<Empties>& believed) {
  return job.missing_reading && past.id >= *job.missing_reading &&
         (past.listed > 0 || (believed && past.id >= believed->first));
}

std::optional<Absence> AbsenceOf(const KnownJob& job, const KnownBoard& known,
                                 const std::optional<Empties>& believed, Timestamp now) {
  if (!job.missing_reading || !job.missing_since) return std::nullopt;
  if (job.missing_in_empty && !believed) return std::nullopt;
  const Timestamp since =
      job.missing_in_empty ? std::max(*job.missing_since, believed->began) : *job.missing_since;
  Absence absence{.lasted = now - since};
  auto day = std::chrono::floor<std::chrono::days>(now);
  for (const PastReading& past : known.complete) {  // newest first
    if (!Lacked(past, job, believed)) continue;
    ++absence.readings;
    const auto earlier = std::chrono::floor<std::chrono::days>(past.at);
    if (earlier < day) ++absence.days;
    day = std::min(day, earlier);
  }
  return absence;
}

}  // namespace rolecall
