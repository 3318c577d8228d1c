// Transactions that give way to others are tried again.
#pragma once

namespace rolecall {

inline constexpr int kContendedTries = 5;

// What `once()` gives, a Result: again where the database says that others were in the way.
template <typename Once>
auto TryWhileContended(Once once) {
  auto done = once();
  for (int tries = 1; !done && done.error().contended && tries < kContendedTries; ++tries)
    done = once();
  return done;
}

}  // namespace rolecall
