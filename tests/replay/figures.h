// How well a replay's database tells the truth of its history.
#pragma once

#include <string>
#include <string_view>

#include "db/db.h"
#include "tests/replay/real_history.h"

namespace rolecall {

// What follows from listings is counted by those that were answered: a reading that failed shows
// nothing, and lacks nothing.
struct Figures {
  int expiries = 0;  // of all jobs, also where one expired twice
  int undone = 0;    // expiries whose job the next listing shows again
  int endings = 0;   // real ones, 48 h and more before the last round
  int shown = 0;     // of these: still open 48 h after the first listing that lacked the job
  double median_delay_h = 0;  // of real endings: from the first listing without it to its expiry

  double UndoneShare() const { return static_cast<double>(undone) / expiries; }
  double ShownShare() const { return static_cast<double>(shown) / endings; }
};

Result<Figures> Measure(Database& database, const RealHistory& history);

// "greenhouse: undone by the next listing 3 of 1650 expiries (0.18%), …", a line.
std::string Told(std::string_view kind, const Figures& figures);

}  // namespace rolecall
