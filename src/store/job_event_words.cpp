// The evidence, with the readings that it stands in.
#include "store/job_event_words.h"

#include <fmt/format.h>

#include <algorithm>

namespace rolecall {
namespace {

std::size_t ListedIn(const Listing& listing) {
  const auto* complete = std::get_if<CompleteListing>(&listing);
  return complete != nullptr ? complete->jobs().size() : 0;
}

std::string Difference(std::string_view what, std::string_view before, std::string_view now) {
  return before == now ? std::string() : fmt::format("{}: {} → {}; ", what, before, now);
}

// A partial listing may have shown it after the last complete one.
std::int64_t LastSeen(const PlanToWrite& write, const KnownJob& known) {
  return known.last_seen_reading != 0
             ? known.last_seen_reading
             : std::max(write.board.complete_reading, known.changed_reading);
}

std::string Unreadable(const PlanToWrite& write, const KnownJob& known) {
  return fmt::format(
      "its board is not readable since {}, nor in reading {}{}; last seen in "
      "reading {}",
      ToIso(write.known.unreadable_since.value_or(write.now)), write.reading_id,
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

// By which rule it leaves, where it does.
std::string_view RuleOf(const PlannedJob& job) {
  if (job.fate != BoardFate::kExpired) return "";
  if (job.reason == ExpiredReason::kConfirmed)
    return job.witnesses == 0 ? "; withheld before, and a person agreed"
                              : "; withheld before, and three listings agreed since";
  if (job.reason == ExpiredReason::kDelisted)
    return "; absent from five listings or more over 14 days";
  return job.witnesses == 2 ? "; two witnesses agree"
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
  std::string text = fmt::format("absent from a complete listing of {} in reading {}",
                                 ListedIn(write.listing), write.reading_id);
  if (known.missing_reading && !job.missing_anew)
    text += fmt::format(", missing since reading {}", *known.missing_reading);
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
  text += RuleOf(job);
  return text + fmt::format("; last seen in reading {}", LastSeen(write, known));
}

}  // namespace rolecall
