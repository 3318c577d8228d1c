// How long a job has been absent from complete listings, and how long a board has been read empty.
#pragma once

#include <chrono>
#include <cstdint>
#include <limits>
#include <optional>

#include "domain/known_board.h"

namespace rolecall {

// Empty readings in a row, the one now among them.
struct Empties {
  std::int64_t first = std::numeric_limits<std::int64_t>::max();  // a reading that is not written
  Timestamp since;  // of those that are known; the first may have come before
  Timestamp began;
  int readings = 1;
};

// Those that end with the board read empty now. A job that a partial listing showed in between
// makes them begin anew, whether it has left since or not.
Empties EmptiesUntil(Timestamp now, const KnownBoard& known);

// Whether they are enough, over long enough, for an empty board to be taken at its word.
bool AreBelieved(const Empties& empties, const ExpiryPolicy& policy, Timestamp now);

// The complete readings that lacked a job, the one now among them.
struct Absence {
  std::chrono::milliseconds lasted{};
  int readings = 1;
  int days = 1;  // different ones (UTC) on which they were made
};

// Whether a complete reading since the job is missing says anything of it: an empty one does only
// where the board is empty now too and `believed` for it.
bool Lacked(const PastReading& past, const KnownJob& job, const std::optional<Empties>& believed);

// Nothing where none before the one now is evidence. An empty reading is none, unless the board is
// empty now too and `believed` for it.
std::optional<Absence> AbsenceOf(const KnownJob& job, const KnownBoard& known,
                                 const std::optional<Empties>& believed, Timestamp now);

}  // namespace rolecall
