// The words of a job's life. The evidence, with the readings that it stands in.
#include "store/boards/job_event_words.h"

#include <fmt/format.h>

#include <algorithm>

namespace rolecall {
namespace {

std::string ListingOf(const PlanToWrite& write) {
  const std::size_t listed = JobsIn(write.listing).size();
  if (const auto* but_for = std::get_if<ListingButFor>(&write.listing))
    return fmt::format("a listing of {}, whole but for {}, in reading {}", listed,
                       but_for->but_for(), write.reading_id);
  return fmt::format("a complete listing of {} in reading {}", listed, write.reading_id);
}

// Since when the listings of this kind lack it.
std::string SinceOf(const PlanToWrite& write, const KnownJob& known, const PlannedJob& job) {
  if (std::holds_alternative<ListingButFor>(write.listing))
    return known.lacked_reading ? fmt::format(", lacked since reading {}", *known.lacked_reading)
                                : std::string();
  return known.missing_reading && !job.missing_anew
             ? fmt::format(", missing since reading {}", *known.missing_reading)
             : std::string();
}

std::string Difference(std::string_view what, std::string_view before, std::string_view now) {
  return before == now ? std::string() : fmt::format("{}: {} → {}; ", what, before, now);
}

// A partial listing may have shown it after the last complete one.
std::int64_t LastSeen(const PlanToWrite& write, const KnownJob& known) {
  return known.last_seen_reading != 0 ? known.last_seen_reading
                                      : std::max(write.board.whole_reading, known.changed_reading);
}

std::string Unreadable(const PlanToWrite& write, const KnownJob& known) {
  return fmt::format(
      "its board is not readable since {}, nor in reading {}{}; last seen in "
      "reading {}",
      ToMoment(write.known.unreadable_since.value_or(write.now)), write.reading_id,
      known.approved ? "; a person agreed" : "", LastSeen(write, known));
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
std::string_view RuleOf(const PlanToWrite& write, const PlannedJob& job) {
  const bool but_for = std::holds_alternative<ListingButFor>(write.listing);
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

std::string Changes(const KnownJob& before, const ListedJob& now) {
  std::string text = Difference("title", before.title, now.title) +
                     Difference("place", before.location, now.location) +
                     Difference("URL", before.url, now.url);
  if (text.size() >= 2) text.resize(text.size() - 2);
  return text;
}

std::string Absence(const PlanToWrite& write, const PlannedJob& job) {
  const KnownJob& known = write.known.jobs[job.known];
  if (std::holds_alternative<FailedListing>(write.listing)) return Unreadable(write, known);
  std::string text = fmt::format("absent from {}{}", ListingOf(write), SinceOf(write, known, job));
  const auto detail = write.witness_details.find(known.external_id);
  const std::string said =
      detail == write.witness_details.end() ? "" : fmt::format(" ({})", detail->second);
  switch (job.witness) {
    case Witness::kGone:
      text += fmt::format("; gone at its own address{}{}", said, WhatGoneProves(write.control));
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
  text += RuleOf(write, job);
  return text + fmt::format("; last seen in reading {}", LastSeen(write, known));
}

}  // namespace rolecall
