// What follows from a board's marks alone.
#include "domain/known_board.h"

namespace rolecall {

bool IsOffered(const KnownBoard& known, const KnownJob& job) {
  return known.unreadable_since && job.withheld_since &&
         *job.withheld_since > *known.unreadable_since;
}

}  // namespace rolecall
