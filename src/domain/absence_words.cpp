// The words of the evidence against a job, with the readings that it stands in.
#include "domain/absence_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <optional>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "domain/absence.h"

namespace rolecall {
namespace {

bool IsConfirmed(const ToldReading& reading) {
  return std::holds_alternative<ConfirmedListing>(reading.listing);
}

std::string InReading(std::int64_t id) {
  return id == 0 ? std::string() : fmt::format(" in reading {}", id);
}

// The last whole one that is known.
std::string LastListing(const KnownBoard& known) {
  const auto is_last = [&](const std::vector<PastReading>& readings) {
    return !readings.empty() && readings.front().id == known.whole_reading;
  };
  if (is_last(known.complete))
    return fmt::format("a complete listing of {}{}", known.complete.front().listed,
                       InReading(known.whole_reading));
  if (!is_last(known.but_for)) return "the board";
  return fmt::format("a listing of {}, whole but for a few,{}", known.but_for.front().listed,
                     InReading(known.whole_reading));
}

std::string ListingOf(const ToldReading& reading) {
  if (IsConfirmed(reading)) return LastListing(reading.known);
  const std::size_t listed = JobsIn(reading.listing).size();
  const std::string in_reading = InReading(reading.id);
  if (const auto* but_for = std::get_if<ListingButFor>(&reading.listing))
    return fmt::format("a listing of {}, whole but for {}{}{}", listed, but_for->but_for(),
                       in_reading.empty() ? "" : ",", in_reading);
  return fmt::format("a complete listing of {}{}", listed, in_reading);
}

std::string Since(std::string_view what, std::int64_t first, std::optional<Timestamp> at,
                  const ToldReading& reading) {
  if (reading.id != 0 || !at) return fmt::format(", {} since reading {}", what, first);
  return fmt::format(", {} since {} (reading {})", what, ToMoment(*at), first);
}

// Since when the listings of this kind lack it; of one that is not in the ledger, those of the
// other kind else.
std::string SinceOf(const ToldReading& reading, const KnownJob& known, const PlannedJob& job) {
  const std::string lacked =
      known.lacked_reading ? Since("lacked", *known.lacked_reading, known.lacked_since, reading)
                           : std::string();
  const std::string missing =
      known.missing_reading && !job.missing_anew
          ? Since("missing", *known.missing_reading, known.missing_since, reading)
          : std::string();
  const bool by_lacking = std::holds_alternative<ListingButFor>(reading.listing);
  const auto& [own, other] = by_lacking ? std::tie(lacked, missing) : std::tie(missing, lacked);
  if (!own.empty() || reading.id != 0) return own;
  return !other.empty() || IsConfirmed(reading) ? other : ", the first to lack it";
}

// A partial listing may have shown it after the last complete one.
std::int64_t LastSeen(const ToldReading& reading, const KnownJob& known) {
  return known.last_seen_reading != 0
             ? known.last_seen_reading
             : std::max(reading.known.whole_reading, known.changed_reading);
}

bool IsUnreadable(const ToldReading& reading, const KnownJob& known) {
  return std::holds_alternative<FailedListing>(reading.listing) ||
         (IsConfirmed(reading) && IsOffered(reading.known, known));
}

std::string Unreadable(const ToldReading& reading, const KnownJob& known) {
  const std::string nor = IsConfirmed(reading) ? ""
                          : reading.id == 0    ? ", nor now"
                                               : fmt::format(", nor in reading {}", reading.id);
  return fmt::format("its board is not readable since {}{}{}; last seen in reading {}",
                     ToMoment(reading.known.unreadable_since.value_or(reading.now)), nor,
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

// Where it was withheld before, in place of the rule.
std::string WithheldSince(const ToldReading& reading, const KnownJob& known,
                          const PlannedJob& job) {
  if (reading.id != 0 || job.fate != BoardFate::kWithheld || job.withheld_anew) return "";
  if (!known.withheld_since) return "";
  return fmt::format("; withheld since {}{}", ToMoment(*known.withheld_since),
                     known.withheld_by_guard ? ", as too many would leave with it on one witness"
                                             : ", for a person to say");
}

std::string Lasting(std::chrono::hours hours) {
  constexpr std::chrono::hours kDay{24};
  return hours < 7 * kDay ? fmt::format("{} hours", hours.count())
                          : fmt::format("{} days", hours / kDay);
}

std::string AwaitedOfWithheld(const ToldReading& reading, const KnownJob& known,
                              const PlannedJob& job, const ExpiryPolicy& policy) {
  if (IsUnreadable(reading, known)) return "leaves by a person's word alone";
  if (job.by_guard || known.withheld_by_guard)
    return fmt::format("leaves by a person's word, or once {} complete listings over {} agree",
                       policy.confirm_readings, Lasting(policy.confirm_over));
  return "leaves by a person's word, or by what complete listings lack";
}

}  // namespace

std::string TellAbsence(const ToldReading& reading, const PlannedJob& job) {
  const KnownJob& known = reading.known.jobs[job.known];
  if (IsUnreadable(reading, known)) return Unreadable(reading, known);
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
  text += WithheldSince(reading, known, job);
  return text + fmt::format("; last seen in reading {}", LastSeen(reading, known));
}

std::string TellAwaited(const ToldReading& reading, const PlannedJob& job,
                        const ExpiryPolicy& policy) {
  const KnownJob& known = reading.known.jobs[job.known];
  if (job.fate == BoardFate::kWithheld) return AwaitedOfWithheld(reading, known, job, policy);
  const bool has_own_address = policy.has_second_witness && reading.control != Control::kFailed;
  if (std::holds_alternative<ListingButFor>(reading.listing))
    return has_own_address
               ? fmt::format(
                     "leaves once two such listings {} apart lack it and it is gone at its "
                     "own address",
                     Lasting(policy.lacked_apart))
               : fmt::format("leaves once {} such listings over {} lack it", policy.lacked_readings,
                             Lasting(policy.lacked_over));
  const Empties empties = EmptiesUntil(reading.now, reading.known);
  if (std::holds_alternative<CompleteListing>(reading.listing) && JobsIn(reading.listing).empty() &&
      !AreBelieved(empties, policy, reading.now))
    return fmt::format("leaves once {} readings over {} list nobody", policy.zero_readings,
                       Lasting(policy.zero_over));
  if (has_own_address)
    return fmt::format(
        "leaves once it is gone at its own address, or {} complete listings over {} "
        "lack it",
        policy.delisted_readings, Lasting(policy.delisted_after));
  return fmt::format("leaves once complete listings {} apart lack it",
                     Lasting(policy.absent_twice_apart));
}

}  // namespace rolecall
