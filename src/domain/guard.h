// Whether a listing is so much smaller than usual that absence from it is no evidence.
#pragma once

#include <cstdint>
#include <limits>

#include "domain/known_board.h"

namespace rolecall {

inline constexpr int kSizesOfMedian = 5;  // complete readings that say how large a board usually is
inline constexpr std::int64_t kAnyReading = std::numeric_limits<std::int64_t>::max();

// The median of the last five complete readings before that one which were not withheld; 0 where
// there is none, so that a first listing is never below it.
double UsualSize(const KnownBoard& known, std::int64_t before_reading);

// That size once a listing of `listed` has settled what was withheld: those readings count too. One
// of some jobs settles no empty one.
double UsualSizeOnceSettled(const KnownBoard& known, int listed);

// What a complete listing and its absent jobs come to.
struct Shrinkage {
  int listed = 0;
  int on_one_witness = 0;  // absent, and no second witness calls them gone
  int active = 0;          // known and open before
};
bool IsGuarded(const Shrinkage& shrinkage, double usual_size, const ExpiryPolicy& policy);

}  // namespace rolecall
