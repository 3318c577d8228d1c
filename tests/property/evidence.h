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
    int readings = 0;  // complete ones without the job that are evidence
  };

  // Reads a step; what follows is asked of it afterwards.
  void Note(const Step& step) {
    listed_.clear();
    for (const std::string& id : step.kept) absent_.erase(id);
    if (!std::holds_alternative<FailedListing>(step.listing))
      failed_since_.reset();
    else if (!failed_since_)
      failed_since_ = step.now;
    for (const ListedJob& job : step.listed()) {
      listed_.insert(job.external_id);
      absent_.erase(job.external_id);
      seen_.insert(job.external_id);
    }
    if (!listed_.empty()) empties_.reset();
    if (const auto* confirmed = std::get_if<ConfirmedListing>(&step.listing))
      sizes_.push_back({confirmed->listed, false});
    if (!std::holds_alternative<CompleteListing>(step.listing)) return;
    if (listed_.empty()) {
      if (!empties_) empties_ = Absence{.since = step.now};
      ++empties_->readings;
    } else {
      for (const std::string& id : seen_)
        if (!listed_.contains(id))
          ++absent_.try_emplace(id, Absence{.since = step.now}).first->second.readings;
    }
    Judge(step);
  }

  // What complete readings say of a job's absence. An empty one is no evidence, unless the board is
  // empty now and is believed to be; then those count that it is believed by. Nothing where none
  // says anything.
  std::optional<Absence> AbsenceOf(const std::string& id) const {
    const auto found = absent_.find(id);
    if (found == absent_.end())
      return empties_ && !empty_is_doubted_ && !listed_.contains(id) ? empties_ : std::nullopt;
    Absence absence = found->second;
    if (empties_ && !empty_is_doubted_) absence.readings += empties_->readings;
    return absence;
  }

  // Since when no reading showed anything; nothing where the last one did.
  std::optional<Timestamp> failed_since() const { return failed_since_; }

  // Of the step noted last, where its listing is complete.
  bool empty_is_doubted() const { return empty_is_doubted_; }
  bool guarded() const { return guarded_; }
  bool still_guarded() const { return still_guarded_; }  // what the step expired left aside

  // Sizes of the last five complete listings that no plan doubted, or that settled; newest first.
  std::vector<int> Baseline() const {
    std::vector<int> sizes;
    for (auto size = sizes_.rbegin(); size != sizes_.rend() && sizes.size() < 5; ++size)
      if (!size->doubtful) sizes.push_back(size->listed);
    return sizes;
  }

 private:
  struct Size {
    int listed;
    bool doubtful;
  };

  bool IsShrunken(int listed, int on_one_witness, int known) const {
    std::vector<int> sizes = Baseline();
    std::ranges::sort(sizes);
    const int half = static_cast<int>(sizes.size()) / 2;
    const auto at = [&](int i) { return sizes[static_cast<std::size_t>(i)]; };
    const int twice_the_median = sizes.empty()           ? 0
                                 : sizes.size() % 2 == 1 ? 2 * at(half)
                                                         : at(half - 1) + at(half);
    return on_one_witness > 10 &&
           (20 * listed < 7 * twice_the_median || 2 * on_one_witness > known);
  }

  void Judge(const Step& step) {
    const int listed = static_cast<int>(listed_.size());
    int known = 0, on_one_witness = 0, still = 0, withheld = 0, expired = 0;
    for (const KnownJob& job : step.before.jobs) {
      if (job.expired) continue;
      ++known;
      const bool gone = step.testimony.Of(job.external_id) == Witness::kGone;
      if (!listed_.contains(job.external_id) && !gone) ++on_one_witness;
    }
    for (const PlannedJob& job : step.plan.jobs) {
      if (job.fate == BoardFate::kMissing || job.fate == BoardFate::kWithheld) ++still;
      if (job.fate == BoardFate::kWithheld) ++withheld;
      if (job.fate == BoardFate::kExpired) ++expired;
    }
    empty_is_doubted_ =
        listed == 0 && known > 0 &&
        (empties_->readings < 3 || step.now - empties_->since < std::chrono::hours(24));
    guarded_ = IsShrunken(listed, on_one_witness, known);
    still_guarded_ = guarded_;
    if (step.plan.settles) {
      // Listings of some jobs say nothing for an empty one.
      for (Size& size : sizes_) size.doubtful = size.doubtful && size.listed == 0 && listed > 0;
      still_guarded_ = guarded_ && (withheld > 0 || IsShrunken(listed, still, known - expired));
    }
    sizes_.push_back({listed, step.plan.doubtful});
  }

  std::set<std::string> listed_, seen_;
  std::map<std::string, Absence> absent_;  // from listings of some jobs
  std::optional<Absence> empties_;         // the empty ones in a row, up to now
  std::vector<Size> sizes_;
  std::optional<Timestamp> failed_since_;
  bool empty_is_doubted_ = false, guarded_ = false, still_guarded_ = false;
};

}  // namespace rolecall
