// When a job expires: the rules by which an absent job leaves, in the order in which they count.
#include "domain/expiry.h"

#include <fmt/format.h>

#include <algorithm>

namespace rolecall {
namespace {

Verdict Expired(ExpiredReason reason, int witnesses) {
  return {.fate = BoardFate::kExpired,
          .reason = reason,
          .witnesses = witnesses,
          .settles = reason == ExpiredReason::kConfirmed};
}

}  // namespace

Judge::Judge(const KnownBoard& known, const std::vector<bool>& seen, const Evidence& evidence,
             const ExpiryPolicy& policy, Timestamp now)
    : known_(known),
      listed_(evidence.listed),
      but_for_(evidence.but_for),
      testimony_(evidence.testimony),
      policy_(policy),
      now_(now) {
  leaving_.open = static_cast<int>(std::ranges::count(known.jobs, false, &KnownJob::expired));
  if (listed_ == 0) {
    const Empties empties = EmptiesUntil(now, known);
    if (AreBelieved(empties, policy, now)) believed_ = empties;
    empty_is_doubted_ = leaving_.open > 0 && !believed_;
  }
  if (!empty_is_doubted_) CountLeaving(seen);
  guarded_ = IsGuarded(known, leaving_, listed_, policy);
}

Verdict Judge::Of(const KnownJob& job) const {
  const bool withheld = IsWithheld(job);
  const Verdict stays{.fate = withheld ? BoardFate::kWithheld : BoardFate::kMissing};
  if (empty_is_doubted_) return stays;
  if (but_for_ != nullptr) return OfButFor(job, stays);
  if (IsGone(job)) return Expired(ExpiredReason::kGone, 2);
  if (withheld && job.approved) return Expired(ExpiredReason::kConfirmed, 0);
  const std::optional<ExpiredReason> due = DueOnOneWitness(job);
  return due ? UnderGuard(job, *due) : stays;
}

// The weaker witness: its own clock, and a person for what that does not settle.
Verdict Judge::OfButFor(const KnownJob& job, const Verdict& stays) const {
  const bool withheld = stays.fate == BoardFate::kWithheld;
  if (IsGone(job) && LackedFor(job, policy_.lacked_apart)) return Expired(ExpiredReason::kGone, 2);
  if (withheld && job.approved) return Expired(ExpiredReason::kConfirmed, 0);
  if (DueButFor(job)) return UnderGuard(job, ExpiredReason::kGone);
  if (withheld || !LackedFor(job, policy_.lacked_withheld)) return stays;
  return {.fate = BoardFate::kWithheld, .withheld_anew = true};
}

// What is due on one witness leaves, unless too many would leave with it. What was withheld for
// that settles by listings that agree; what was withheld for another reason leaves as if it never
// had been.
Verdict Judge::UnderGuard(const KnownJob& job, ExpiredReason due) const {
  if (!IsHeldByGuard(job) && !guarded_) return Expired(due, 1);
  if (!IsHeldByGuard(job))
    return {.fate = BoardFate::kWithheld, .withheld_anew = true, .by_guard = true};
  if (but_for_ == nullptr && HasSettled(job)) return Expired(ExpiredReason::kConfirmed, 1);
  return {.fate = BoardFate::kWithheld, .by_guard = true};
}

std::string Judge::Trouble(int held) const {
  if (empty_is_doubted_)
    return fmt::format(
        "0 jobs listed where {} were known: nothing expires until {} readings over {} hours agree",
        leaving_.open, policy_.zero_readings, policy_.zero_over.count());
  if (!guarded_) return "";
  const double usual = UsualSize(known_, leaving_.first_missing);
  return fmt::format(
      "{} of {} known jobs would leave a listing of {}{} on one witness{}: {}withheld",
      leaving_.due, leaving_.open, listed_,
      usual > 0 ? fmt::format(" (usually {:.0f})", usual) : "",
      leaving_.recent > 0 ? fmt::format(", and {} did lately", leaving_.recent) : "",
      held < leaving_.due ? fmt::format("{} of them ", held) : "");
}

void Judge::CountLeaving(const std::vector<bool>& seen) {
  for (std::size_t i = 0; i < known_.jobs.size(); ++i) {
    const KnownJob& job = known_.jobs[i];
    if (seen[i]) continue;
    const bool due = !job.expired && !IsGone(job) && !(IsWithheld(job) && job.approved) &&
                     (but_for_ != nullptr ? DueButFor(job) : DueOnOneWitness(job).has_value());
    const bool recent = job.expired && LeftLately(job, policy_, now_);
    if (!due && !recent) continue;
    ++(due ? leaving_.due : leaving_.recent);
    leaving_.first_missing =
        std::min({leaving_.first_missing, job.missing_reading.value_or(kAnyReading),
                  job.lacked_reading.value_or(kAnyReading)});
  }
}

bool Judge::IsGone(const KnownJob& job) const {
  return testimony_.control == Control::kHeld && testimony_.Of(job.external_id) == Witness::kGone;
}

bool Judge::IsWithheld(const KnownJob& job) const {
  return job.withheld_since && !IsOffered(known_, job);
}

bool Judge::IsHeldByGuard(const KnownJob& job) const {
  return IsWithheld(job) && job.withheld_by_guard;
}

// The reason for which absence alone, when it has lasted, lets the job go.
std::optional<ExpiredReason> Judge::DueOnOneWitness(const KnownJob& job) const {
  const std::optional<Absence> absence = AbsenceOf(job, known_, believed_, now_);
  if (!absence) return std::nullopt;
  if (!policy_.has_second_witness)
    return absence->lasted >= policy_.absent_twice_apart ? std::optional(ExpiredReason::kGone)
                                                         : std::nullopt;
  if (LackedWithoutControl(job)) return ExpiredReason::kGone;
  const bool delisted = absence->readings >= policy_.delisted_readings &&
                        absence->lasted >= policy_.delisted_after &&
                        absence->days >= policy_.delisted_days;
  return delisted ? std::optional(ExpiredReason::kDelisted) : std::nullopt;
}

// Where own addresses are no witness now, nor were in a reading long enough ago that lacked the job
// too. One that shows the job is a witness all the same. An empty listing has none to control by.
bool Judge::LackedWithoutControl(const KnownJob& job) const {
  if (testimony_.control != Control::kFailed) return false;
  if (testimony_.Of(job.external_id) == Witness::kStands) return false;
  return std::ranges::any_of(known_.complete, [&](const PastReading& past) {
    return Lacked(past, job, believed_) && now_ - past.at >= policy_.absent_twice_apart &&
           (past.control == Control::kFailed || past.listed == 0);
  });
}

// By agreeing listings since it was withheld, unless most of the own addresses that were asked in
// them still stand.
bool Judge::HasSettled(const KnownJob& job) const {
  int readings = 1, asked = testimony_.asked(), stood = testimony_.CountOf(Witness::kStands);
  for (const PastReading& past : known_.complete) {
    if (past.at < *job.withheld_since || !Lacked(past, job, believed_)) continue;
    ++readings;
    asked += past.asked;
    stood += past.stood;
  }
  return readings >= policy_.confirm_readings &&
         now_ - *job.withheld_since >= policy_.confirm_over && 2 * stood <= asked;
}

bool Judge::LackedFor(const KnownJob& job, std::chrono::hours so_long) const {
  return job.lacked_since && now_ - *job.lacked_since >= so_long;
}

// Where no own address is a witness in any of these listings, and the few that they lack are the
// same as in the one that last showed the job: else it may be one of them.
bool Judge::DueButFor(const KnownJob& job) const {
  const auto no_witness = [&](Control control) {
    return !policy_.has_second_witness || control == Control::kFailed;
  };
  if (!LackedFor(job, policy_.lacked_over) || !no_witness(testimony_.control)) return false;
  if (testimony_.Of(job.external_id) == Witness::kStands) return false;
  int readings = 1;
  for (const PastReading& past : known_.but_for) {  // newest first
    if (past.unread_digest != but_for_->unread_digest()) return false;
    if (past.id < *job.lacked_reading)
      return past.id == job.last_seen_reading && readings >= policy_.lacked_readings;
    if (!no_witness(past.control)) return false;
    ++readings;
  }
  return false;
}

}  // namespace rolecall
