// Judges one known job that a complete listing does not show.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "domain/absence.h"
#include "domain/board_plan.h"
#include "domain/guard.h"
#include "domain/known_board.h"

namespace rolecall {

struct Verdict {
  BoardFate fate = BoardFate::kMissing;         // or expired, or withheld
  ExpiredReason reason = ExpiredReason::kGone;  // where it is expired
  int witnesses = 0;                            // where it is expired: that it left on
  bool withheld_anew = false;                   // where it is withheld: from this reading on
  bool settles = false;                         // what was withheld before is settled by it
};

// What one complete listing is as evidence, the same for each of the jobs that it lacks. The board
// and the policy outlive it.
class Judge {
 public:
  Judge(const KnownBoard& known, const ExpiryPolicy& policy, const Shrinkage& shrinkage,
        Timestamp now);

  Verdict Of(const KnownJob& job, Witness witness) const;

  // Whether absence from this listing is no evidence by itself, and why; "" where it is.
  bool doubts() const { return empty_is_doubted_ || guarded_; }
  bool guards() const { return guarded_; }
  std::string Trouble() const;

 private:
  bool IsDue(const std::optional<Absence>& absence) const;
  bool IsConfirmed(const std::optional<Absence>& absence) const;

  const KnownBoard& known_;
  const ExpiryPolicy& policy_;
  const Shrinkage shrinkage_;
  const Timestamp now_;
  std::optional<Empties> believed_;  // where the board is empty, and was for long enough
  bool empty_is_doubted_ = false;
  bool guarded_ = false;
};

}  // namespace rolecall
