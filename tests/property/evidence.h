// What a careful reader of the listings alone could say: who was absent since when, and which
// listings are doubtful. Kept apart from the marks that the program keeps, so that it can
// contradict them.
#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tests/property/history.h"

namespace rolecall {

class Evidence {
 public:
  struct Absence {
    Timestamp since;
    int readings = 0;  // complete ones without the job that are evidence …
    int days = 0;      // … on so many days
    std::size_t first = 0;
  };

  // Reads a step; what follows is asked of it afterwards.
  void Note(const Step& step) {
    step_ = &step;
    held_before_ = held_;
    listed_.clear();
    for (const std::string& id : step.kept) Show(id);
    if (!std::holds_alternative<FailedListing>(step.listing))
      failed_since_.reset();
    else if (!failed_since_)
      failed_since_ = step.now;
    for (const ListedJob& job : step.listed()) listed_.insert(job.external_id);
    but_for_ = std::get_if<ListingButFor>(&step.listing);
    if (but_for_ != nullptr) {
      for (const KnownJob& job : step.before.jobs)
        if (!job.expired && IsHeldByAnEntry(job.external_id)) listed_.insert(job.external_id);
      weaker_.push_back({.at = step.now,
                         .control = step.testimony.control,
                         .digest = but_for_->unread_digest(),
                         .complete_before = readings_.size()});
      last_whole_ = weaker_.back().digest;
    }
    const bool confirmed = std::holds_alternative<ConfirmedListing>(step.listing);
    if (confirmed || std::holds_alternative<CompleteListing>(step.listing))
      readings_.push_back({.at = step.now,
                           .listed = static_cast<int>((confirmed ? last_listed_ : listed_).size()),
                           .control = step.testimony.control,
                           .asked = step.testimony.asked(),
                           .stood = step.testimony.CountOf(Witness::kStands)});
    if (confirmed || std::holds_alternative<CompleteListing>(step.listing)) last_whole_.clear();
    if (!listed_.empty() || (confirmed && !last_listed_.empty())) empties_from_ = readings_.size();
    // What is confirmed is shown again.
    if (std::holds_alternative<CompleteListing>(step.listing)) last_listed_ = listed_;
    for (const std::string& id : confirmed ? last_listed_ : listed_) Show(id);
    if (std::holds_alternative<CompleteListing>(step.listing) || but_for_ != nullptr) Weigh();
    if (!readings_.empty() && !std::holds_alternative<FailedListing>(step.listing) &&
        !std::holds_alternative<PartialListing>(step.listing) && but_for_ == nullptr)
      readings_.back().doubtful = step.plan.doubtful;
    Remember();
    for (const PlannedJob& job : step.plan.jobs) {
      if (!job.withheld_anew) continue;
      const std::string& id = step.IdOf(job);
      const bool failed = std::holds_alternative<FailedListing>(step.listing);
      if (!failed && guarded_ && IsDueOnOne(id))
        held_.insert(id);
      else
        held_.erase(id);
    }
  }

  // What complete readings say of a job's absence. An empty one is no evidence, unless the board is
  // empty now and is believed to be; then those count that it is believed by. Nothing where none
  // says anything.
  std::optional<Absence> AbsenceOf(const std::string& id) const {
    Absence absence;
    std::set<std::chrono::sys_days> days;
    for (std::size_t i = FirstWithout(id); i < readings_.size(); ++i) {
      if (!Counts(i)) continue;
      if (absence.readings++ == 0) absence = {.since = readings_[i].at, .readings = 1, .first = i};
      days.insert(std::chrono::floor<std::chrono::days>(readings_[i].at));
    }
    absence.days = static_cast<int>(days.size());
    return absence.readings == 0 ? std::nullopt : std::optional(absence);
  }

  // Whether both witnesses say that the job is gone.
  bool IsGone(const std::string& id) const {
    return step_->testimony.control == Control::kHeld && step_->testimony.Of(id) == Witness::kGone;
  }

  // Since when listings whole but for a few lack it, now among them; nothing where none before did.
  std::optional<Timestamp> LackedSince(const std::string& id) const {
    const std::size_t first = FirstLacking(id);
    return first + 1 < weaker_.size() ? std::optional(weaker_[first].at) : std::nullopt;
  }

  // Whether the one witness that there is has said it for long enough.
  bool IsDueOnOne(const std::string& id) const {
    if (but_for_ != nullptr) return IsDueByWeaker(id);
    const auto absence = AbsenceOf(id);
    if (!absence) return false;
    const auto lasted = step_->now - absence->since;
    if (!step_->policy.has_second_witness) return lasted >= std::chrono::hours(24);
    if (lasted >= std::chrono::hours(14 * 24) && absence->readings >= 5 && absence->days >= 3)
      return true;
    if (step_->testimony.control != Control::kFailed || step_->testimony.Of(id) == Witness::kStands)
      return false;
    for (std::size_t i = absence->first; i + 1 < readings_.size(); ++i)
      if (Counts(i) && (readings_[i].control == Control::kFailed || readings_[i].listed == 0) &&
          step_->now - readings_[i].at >= std::chrono::hours(24))
        return true;
    return false;
  }

  // Whether three listings agree since then, and most own addresses asked in them do not stand.
  bool HasSettled(const std::string& id, Timestamp withheld_since) const {
    int readings = 0, asked = 0, stood = 0;
    for (std::size_t i = FirstWithout(id); i < readings_.size(); ++i) {
      if (!Counts(i) || readings_[i].at < withheld_since) continue;
      ++readings;
      asked += readings_[i].asked;
      stood += readings_[i].stood;
    }
    return readings >= 3 && step_->now - withheld_since >= std::chrono::hours(48) &&
           stood * 2 <= asked;
  }

  // Whether it was withheld, before this step, since too many would have left with it.
  bool WasHeldByGuard(const std::string& id) const { return held_before_.contains(id); }

  // Since when no reading showed anything; nothing where the last one did.
  std::optional<Timestamp> failed_since() const { return failed_since_; }

  // Of the step noted last, where its listing saw every page.
  bool empty_is_doubted() const { return empty_is_doubted_; }
  bool guarded() const { return guarded_; }

 private:
  struct Reading {
    Timestamp at;
    int listed = 0;
    bool doubtful = false;
    Control control = Control::kNotAsked;
    int asked = 0, stood = 0;
  };
  struct Departure {
    Timestamp at;
    std::size_t first = 0;  // the reading that first lacked it
  };

  struct Weaker {  // a reading whole but for a few
    Timestamp at;
    Control control = Control::kNotAsked;
    std::string digest;
    std::size_t complete_before = 0;
  };

  bool IsHeldByAnEntry(const std::string& id) const {
    return std::ranges::any_of(but_for_->unread(), [&](const UnreadEntry& entry) {
      return (IsKnown(entry.external_id) ? entry.external_id : entry.requisition) == id;
    });
  }

  bool IsKnown(const std::string& id) const {
    return std::ranges::find(step_->before.jobs, id, &KnownJob::external_id) !=
           step_->before.jobs.end();
  }

  std::size_t FirstLacking(const std::string& id) const {
    const auto shown = shown_weaker_.find(id);
    return shown == shown_weaker_.end() ? weaker_.size() : shown->second.first;
  }

  bool IsDueByWeaker(const std::string& id) const {
    const auto no_witness = [&](Control control) {
      return !step_->policy.has_second_witness || control == Control::kFailed;
    };
    const auto since = LackedSince(id);
    if (!since || step_->now - *since < std::chrono::hours(72)) return false;
    if (step_->testimony.Of(id) == Witness::kStands) return false;
    if (shown_weaker_.at(id).second != weaker_.back().digest) return false;
    for (std::size_t i = FirstLacking(id); i < weaker_.size(); ++i)
      if (weaker_[i].digest != weaker_.back().digest || !no_witness(weaker_[i].control))
        return false;
    return weaker_.size() - FirstLacking(id) >= 3;
  }

  // How many complete readings there were before the first of any kind that lacked it.
  std::size_t CompleteBefore(const std::string& id) const {
    const auto absence = AbsenceOf(id);
    std::size_t first = absence ? absence->first : readings_.size();
    if (const std::size_t weaker = FirstLacking(id); weaker < weaker_.size())
      first = std::min(first, weaker_[weaker].complete_before);
    return first;
  }

  void Show(const std::string& id) {
    shown_[id] = readings_.size();
    shown_weaker_[id] = {weaker_.size(), last_whole_};
    left_.erase(id);
    held_.erase(id);
  }

  // The first complete reading since one that showed it.
  std::size_t FirstWithout(const std::string& id) const {
    const auto shown = shown_.find(id);
    return shown == shown_.end() ? readings_.size() : shown->second;
  }

  bool Counts(std::size_t reading) const {
    if (readings_[reading].listed > 0) return true;
    if (but_for_ != nullptr) return false;
    return readings_.back().listed == 0 && !empty_is_doubted_ && reading >= empties_from_;
  }

  double UsualBefore(std::size_t first) const {
    std::vector<int> sizes;
    for (std::size_t i = first; i > 0 && sizes.size() < 5; --i)
      if (!readings_[i - 1].doubtful) sizes.push_back(readings_[i - 1].listed);
    if (sizes.empty()) return 0;
    std::ranges::sort(sizes);
    const std::size_t half = sizes.size() / 2;
    return sizes.size() % 2 == 1 ? sizes[half] : (sizes[half - 1] + sizes[half]) / 2.0;
  }

  void Weigh() {
    int known = 0, due = 0, counted = 0;
    for (const KnownJob& job : step_->before.jobs) known += job.expired ? 0 : 1;
    const std::size_t empties = readings_.size() - std::min(empties_from_, readings_.size());
    empty_is_doubted_ =
        but_for_ == nullptr && listed_.empty() && known > 0 &&
        (empties < 3 || step_->now - readings_[empties_from_].at < std::chrono::hours(24));
    guarded_ = false;
    if (empty_is_doubted_) return;
    std::size_t first = readings_.size();
    const auto count = [&](std::size_t missing) {
      ++counted;
      first = std::min(first, missing);
    };
    for (const KnownJob& job : step_->before.jobs) {
      const std::string& id = job.external_id;
      const bool agreed = job.approved && job.withheld_since && !IsOffered(step_->before, job);
      if (job.expired || listed_.contains(id) || agreed || IsGone(id) || !IsDueOnOne(id)) continue;
      ++due;
      count(CompleteBefore(id));
    }
    for (const auto& [id, left] : left_) {
      if (step_->now - left.at > std::chrono::hours(48)) continue;
      ++known;
      count(left.first);
    }
    guarded_ =
        due > 0 && counted > 10 &&
        (static_cast<double>(listed_.size()) < 0.7 * UsualBefore(first) || 2 * counted > known);
  }

  // Who left on one witness, and what settled.
  void Remember() {
    if (!std::holds_alternative<CompleteListing>(step_->listing) && but_for_ == nullptr) return;
    for (const PlannedJob& job : step_->plan.jobs) {
      const std::string& id = step_->IdOf(job);
      if (job.fate == BoardFate::kExpired && job.reason != ExpiredReason::kConfirmed && !IsGone(id))
        left_[id] = {.at = step_->now, .first = CompleteBefore(id)};
    }
    if (!step_->plan.settles) return;
    // Listings of some jobs say nothing for an empty one.
    const std::size_t before = readings_.size() - (but_for_ == nullptr ? 1 : 0);
    for (std::size_t i = 0; i < before; ++i)
      readings_[i].doubtful = readings_[i].doubtful && readings_[i].listed == 0 && !listed_.empty();
  }

  const Step* step_ = nullptr;
  std::set<std::string> listed_, last_listed_;
  std::set<std::string> held_, held_before_;  // withheld by the guard
  std::map<std::string, std::size_t> shown_;  // from which reading on it is absent
  std::map<std::string, Departure> left_;
  std::vector<Reading> readings_;  // complete ones
  std::vector<Weaker> weaker_;
  // Of each job: the first of the weaker ones since it was shown, and the digest of the last whole
  // reading then; empty where that was complete.
  std::map<std::string, std::pair<std::size_t, std::string>> shown_weaker_;
  std::string last_whole_;
  const ListingButFor* but_for_ = nullptr;  // the step's listing, where it is one
  std::size_t empties_from_ = 0;            // the first of the empty ones in a row, up to now
  std::optional<Timestamp> failed_since_;
  bool empty_is_doubted_ = false, guarded_ = false;
};

}  // namespace rolecall
