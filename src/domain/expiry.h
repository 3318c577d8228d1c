// When a job expires: judges one known job that a listing of every page does not show.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "domain/absence.h"
#include "domain/board_plan.h"
#include "domain/guard.h"
#include "domain/known_board.h"
#include "domain/testimony.h"

namespace rolecall {

struct Verdict {
  BoardFate fate = BoardFate::kMissing;         // or expired, or withheld
  ExpiredReason reason = ExpiredReason::kGone;  // where it is expired
  int witnesses = 0;                            // where it is expired: that it left on
  bool withheld_anew = false;                   // where it is withheld: from this reading on …
  bool by_guard = false;                        // … or not, since too many would leave with it
  bool settles = false;                         // what was withheld before is settled by it
};

struct Evidence {
  int listed = 0;                          // jobs that the listing shows, or confirms
  const ListingButFor* but_for = nullptr;  // the listing, where it is whole but for a few
  const Testimony& testimony;
};

// Judges by one listing, complete or whole but for a few, which is the same evidence for each of
// the jobs that it lacks. All that it is made of outlives it.
class Judge {
 public:
  // `seen`: which of the known jobs the listing shows.
  Judge(const KnownBoard& known, const std::vector<bool>& seen, const Evidence& evidence,
        const ExpiryPolicy& policy, Timestamp now);

  Verdict Of(const KnownJob& job) const;

  // Whether the listing is doubted for what it lacks, and why; "" where it is not.
  bool doubts() const { return empty_is_doubted_ || guarded_; }
  bool guards() const { return guarded_; }
  std::string Trouble(
      int held) const;  // `held`: how many of those it judged it withholds by the guard

 private:
  void CountLeaving(const std::vector<bool>& seen);
  bool IsGone(const KnownJob& job) const;
  bool IsWithheld(const KnownJob& job) const;
  bool IsHeldByGuard(const KnownJob& job) const;
  Verdict UnderGuard(const KnownJob& job, ExpiredReason due) const;
  std::optional<ExpiredReason> DueOnOneWitness(const KnownJob& job) const;
  bool LackedWithoutControl(const KnownJob& job) const;
  Verdict OfButFor(const KnownJob& job, const Verdict& stays) const;
  bool DueButFor(const KnownJob& job) const;
  bool LackedFor(const KnownJob& job, std::chrono::hours so_long) const;
  bool HasSettled(const KnownJob& job) const;

  const KnownBoard& known_;
  const int listed_;
  const ListingButFor* but_for_;  // where the listing is one
  const Testimony& testimony_;
  const ExpiryPolicy& policy_;
  const Timestamp now_;
  std::optional<Empties> believed_;  // where the board is empty, and was for long enough
  Leaving leaving_;
  bool empty_is_doubted_ = false;
  bool guarded_ = false;
};

}  // namespace rolecall
