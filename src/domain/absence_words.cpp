// The words of the evidence against a job, with the readings that it stands in.
#include "domain/absence_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>

namespace rolecall {
namespace {

std::string ListingOf(const ToldReading& reading) {
  const std::size_t listed = JobsIn(reading.listing).size();
  if (const auto* but_for = std::get_if<ListingButFor>(&reading.listing))
    return fmt::format("a listing of {}, whole but for {}, in reading {}", listed,
                       but_for->but_for(), reading.id);
  return fmt::format("a complete listing of {} in reading {}", listed, reading.id);
}

// Since when the listings of this kind lack it.
std::string SinceOf(const ToldReading& reading, const KnownJob& known, const PlannedJob& job) {
  if (std::holds_alternative<ListingButFor>(reading.listing))
    return known.lacked_reading ? fmt::format(", lacked since reading {}", *known.lacked_reading)
                                : std::string();
  return known.missing_reading && !job.missing_anew
             ? fmt::format(", missing since reading {}", *known.missing_reading)
             : std::string();
}

// A partial listing may have shown it after the last complete one.
std::int64_t LastSeen(const ToldReading& reading, const KnownJob& known) {
  return known.last_seen_reading != 0
             ? known.last_seen_reading
             : std::max(reading.known.whole_reading, known.changed_reading);
}

std::string Unreadable(const ToldReading& reading, const KnownJob& known) {
  return fmt::format(
      "its board is not readable since {}, nor in reading {}{}; last seen in "
      "reading {}",
      ToMoment(reading.known.unreadable_since.value_or(reading.now)), reading.id,
      known.approved ? "; a person agreed" : "", LastSeen(reading, known));
}

std::string_view WhatGoneProves(Control control) {
  switch (control) {
    case Control::kNotAsked:
      return "";
    case Control::kHeld:
      return ", as no listed job that was asked is";
    case Control::kFailed:
      return ", which proves nothing: no listed job shows that it would";
  }
  std::unreachable();
}

// By which rule it leaves or is withheld, where it does.
std::string_view RuleOf(const ToldReading& reading, const PlannedJob& job) {
  const bool but_for = std::holds_alternative<ListingButFor>(reading.listing);
  if (job.withheld_anew)
    return job.by_guard ? "; withheld, as too many would leave with it on one witness"
                        : "; withheld after 14 days, for a person to say";
  if (job.fate != BoardFate::kExpired) return "";
  if (job.reason == ExpiredReason::kConfirmed)
    return job.witnesses == 0 ? "; withheld before, and a person agreed"
                              : "; withheld before, and three listings agreed since";
  if (job.reason == ExpiredReason::kDelisted)
    return "; absent from five listings or more over 14 days";
  return job.witnesses == 2 ? "; two witnesses agree"
         : but_for          ? "; lacked by three listings or more over 72 hours, the one witness"
                            : "; lacked by listings 24 hours apart, the one witness";
}

}  // namespace

std::string TellAbsence(const ToldReading& reading, const PlannedJob& job) {
  const KnownJob& known = reading.known.jobs[job.known];
  if (std::holds_alternative<FailedListing>(reading.listing)) return Unreadable(reading, known);
  std::string text =
      fmt::format("absent from {}{}", ListingOf(reading), SinceOf(reading, known, job));
  const auto detail = reading.details.find(known.external_id);
  const std::string said =
      detail == reading.details.end() ? "" : fmt::format(" ({})", detail->second);
  switch (job.witness) {
    case Witness::kGone:
      text += fmt::format("; gone at its own address{}{}", said, WhatGoneProves(reading.control));
      break;
    case Witness::kStands:
      text += fmt::format("; its own page stands{}", said);
      break;
    case Witness::kUnclear:
      text += fmt::format("; its own address proves nothing{}", said);
      break;
    case Witness::kNotAsked:
      break;
  }
  text += RuleOf(reading, job);
  return text + fmt::format("; last seen in reading {}", LastSeen(reading, known));
}

}  // namespace rolecall
