// The rules by which an absent job leaves, in the order in which they count.
#include "domain/judge.h"

#include <fmt/format.h>

namespace rolecall {

Judge::Judge(const KnownBoard& known, const ExpiryPolicy& policy, const Shrinkage& shrinkage,
             Timestamp now)
    : known_(known), policy_(policy), shrinkage_(shrinkage), now_(now) {
  if (shrinkage.listed == 0) {
    const Empties empties = EmptiesUntil(now, known);
    if (AreBelieved(empties, policy, now)) believed_ = empties;
    empty_is_doubted_ = shrinkage.active > 0 && !believed_;
  }
  guarded_ = IsGuarded(shrinkage, UsualSize(known, kAnyReading), policy);
}

Verdict Judge::Of(const KnownJob& job, Witness witness) const {
  const bool withheld = job.withheld_since && !IsOffered(known_, job);
  const Verdict stays{.fate = withheld ? BoardFate::kWithheld : BoardFate::kMissing};
  const auto expired = [](ExpiredReason reason, int witnesses) {
    return Verdict{.fate = BoardFate::kExpired,
                   .reason = reason,
                   .witnesses = witnesses,
                   .settles = reason == ExpiredReason::kConfirmed};
  };

  if (empty_is_doubted_) return stays;
  if (witness == Witness::kGone) return expired(ExpiredReason::kGone, 2);
  if (withheld && job.approved) return expired(ExpiredReason::kConfirmed, 0);
  const std::optional<Absence> absence = AbsenceOf(job, known_, believed_, now_);
  if (!IsDue(absence)) return stays;
  if (!withheld && !guarded_)
    return expired(policy_.has_second_witness ? ExpiredReason::kDelisted : ExpiredReason::kGone, 1);
  if (IsConfirmed(absence)) return expired(ExpiredReason::kConfirmed, 1);
  return {.fate = BoardFate::kWithheld, .withheld_anew = !withheld};
}

std::string Judge::Trouble() const {
  const auto& [listed, on_one_witness, active] = shrinkage_;
  if (empty_is_doubted_)
    return fmt::format(
        "0 jobs listed where {} were known: nothing expires until {} readings over {} hours agree",
        active, policy_.zero_readings, policy_.zero_over.count());
  if (!guarded_) return "";
  const double usual = UsualSize(known_, kAnyReading);
  return fmt::format("{} of {} known jobs are gone from a listing of {}{}, on that evidence alone",
                     on_one_witness, active, listed,
                     usual > 0 ? fmt::format(" (usually {:.0f})", usual) : "");
}

// Absent jobs that no second witness calls gone leave on absence alone, when it has lasted.
bool Judge::IsDue(const std::optional<Absence>& absence) const {
  return absence && absence->lasted >= (policy_.has_second_witness ? policy_.delisted_after
                                                                   : policy_.absent_twice_apart);
}

bool Judge::IsConfirmed(const std::optional<Absence>& absence) const {
  return absence && absence->readings >= policy_.confirm_readings &&
         absence->lasted >= policy_.confirm_over;
}

}  // namespace rolecall
