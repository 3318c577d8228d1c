// What one listing changes of what is known of a board: each of its jobs by name, once.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "domain/expiry_policy.h"

namespace rolecall {

enum class BoardFate : std::uint8_t {
  kNew,
  kChanged,
  kUnchanged,
  kReopened,
  kMissing,
  kExpired,
  kWithheld,
  kNotReconciled,  // known and open, and this reading says nothing of it
};

struct PlannedJob {
  BoardFate fate;
  std::int64_t id = 0;         // 0 for a new job until it is written
  std::size_t known = kNone;   // index into KnownBoard::jobs
  std::size_t listed = kNone;  // index into the listing's jobs; none, too, for one that an entry
                               // confirms which cannot be read
  bool content_changed =
      false;  // inline content that is new or differs; the job itself may be unchanged
  bool boilerplate = false;  // where it does: in words that changed in nearly all descriptions
  bool facts_changed =
      false;               // what the board states of it differs; the job itself may be unchanged
  bool came_back = false;  // was missing, withheld or kept, and is listed again
  bool missing_anew = false;  // the first listing of some jobs that lacks it: missing since now,
                              // whatever empty ones said before
  ExpiredReason reason = ExpiredReason::kGone;  // where fate is kExpired …
  int witnesses = 0;                            // … and on how many; 0: a person's word
  bool withheld_anew = false;                   // where fate is kWithheld: from this reading on …
  bool by_guard = false;                        // … or not, since too many would leave with it
  bool withdrawn = false;  // was withheld while its board could not be read, which it now can
  Witness witness = Witness::kNotAsked;  // where it is absent
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);
};

struct BoardPlan {
  std::vector<PlannedJob>
      jobs;  // each job of the board once; those expired before and still absent are not named
  bool whole = false;  // the listing saw all pages, and may remove: complete, confirmed, or whole
                       // but for a few
  bool doubtful = false;  // the guard holds: this listing stays out of the baseline
  bool settles = false;   // what was withheld before is settled: those readings enter the baseline
  std::string trouble;    // why nothing could be reconciled, or what is doubted; else empty
  int Count(BoardFate fate) const;
  bool ChangesNothing() const;  // every job and all that is stated of it are unchanged, and none
                                // came back
};

}  // namespace rolecall
