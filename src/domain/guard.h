// Whether so many jobs would leave on one witness that the listing is doubted instead.
#pragma once

#include <cstdint>
#include <limits>

#include "domain/known_board.h"

namespace rolecall {

inline constexpr std::int64_t kAnyReading = std::numeric_limits<std::int64_t>::max();

inline constexpr int kSizesOfMedian = 5;  // complete readings that say how large a board usually is

// The median of the last five complete readings before that one which were not withheld; 0 where
// there is none, so that a first listing is never below it.
double UsualSize(const KnownBoard& known, std::int64_t before_reading);

// What leaves on one witness, for the guard to weigh.
struct Leaving {
  int due = 0;     // now
  int recent = 0;  // that left on one witness lately, not counting what settled
  int open = 0;    // jobs of the board before
  std::int64_t first_missing = kAnyReading;  // the first reading that lacked one of the counted

  int counted() const { return due + recent; }
};

// Whether an expired job left on one witness in the last `policy.guard_recent`. What a person or
// three listings settled is no sign of a board that loses its jobs.
bool LeftLately(const KnownJob& job, const ExpiryPolicy& policy, Timestamp now);

bool IsGuarded(const KnownBoard& known, const Leaving& leaving, int listed,
               const ExpiryPolicy& policy);

}  // namespace rolecall
