// How politely a vendor is asked: the rules, by whatever clock the caller has.
#pragma once

#include <algorithm>
#include <chrono>
#include <string>
#include <string_view>

#include "base/clock.h"

namespace rolecall {

struct PacingSettings {
  int at_once = 2;
  std::chrono::milliseconds pause{250};  // between starts
  int failures_to_open = 5;              // in a row, before the key is left alone …
  std::chrono::seconds open_for{
      60};  // … for so long, twice as long each time the trial after it fails …
  std::chrono::seconds open_at_most{600};  // … up to this
  std::chrono::milliseconds slot_lapses{
      90'000};  // a place that is shared is free after this, given back or not: longer than any
                // request takes
};

// How a key stands: when it may be asked next, and what its last answers were.
template <typename Time>
struct Pace {
  Time next_start{};
  Time held_until{};  // nothing starts before
  Time open_until{};  // everything is refused before
  int opened_after =
      0;             // failures in a row that had the key left alone; 0: the vendor asked for it
  int failures = 0;  // in a row
  std::chrono::milliseconds opened_for{0};

  Time Start() const { return std::max(next_start, held_until); }
  Time NotAskedUntil() const { return std::max(held_until, open_until); }
  void Hold(Time until) { held_until = std::max(held_until, until); }
  void LeaveAlone(Time until) {
    open_until = std::max(open_until, until);
    opened_after = 0;
  }
  void NoteAnswer() {
    failures = 0;
    opened_for = {};
  }
  void NoteFailure(const PacingSettings& settings, Time now) {
    if (++failures < settings.failures_to_open) return;
    // After the first time, each failed trial opens it anew.
    opened_for = opened_for.count() == 0
                     ? settings.open_for
                     : std::min<std::chrono::milliseconds>(settings.open_at_most, 2 * opened_for);
    if (now + opened_for <= open_until) return;
    open_until = now + opened_for;
    opened_after = failures;
  }
};

// A key that may not be asked for a while, told to those with another clock: from now on, 0 or less
// where it does not apply.
struct HeldKey {
  std::string key;
  std::chrono::milliseconds held_for{0};
  std::chrono::milliseconds left_alone_for{0};
  int opened_after = 0;  // as in a Pace
};

// Until when somebody is not asked, and why: "asked us to wait (429, Retry-After)", to be read
// behind a name.
struct Wait {
  Timestamp until;
  std::string why;
  bool operator==(const Wait&) const = default;
};

// "acme is left alone until 2026-11-24T02:41:15.123Z after 5 failures in a row".
std::string LeftAlone(std::string_view key, Timestamp until, int opened_after);

}  // namespace rolecall
