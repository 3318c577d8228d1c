// The numbers of the rules by which an absent job leaves, what its own address can say, and the
// reasons for which jobs leave.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace rolecall {

struct ExpiryPolicy {
  bool has_second_witness = true;  // the board's definition names a job's own address
  int max_checks = 200;            // own addresses of absent jobs asked a reading
  int controls = 3;                // own addresses of listed jobs, before any says gone
  std::chrono::hours absent_twice_apart{
      24};  // one witness only: two complete listings this far apart
  // Absent, though its page stands: from so many complete listings, over so long, on so many days.
  int delisted_readings = 5;
  std::chrono::hours delisted_after{14 * 24};
  int delisted_days = 3;
  std::chrono::hours unreachable_after{14 * 24};  // failed readings only, for so long
  int guard_above = 10;                           // more than so many, and …
  double guard_drop = 0.30;             // … so far below the median of the last complete listings,
  double guard_share = 0.50;            // … or more than this share of the known jobs;
  std::chrono::hours guard_recent{48};  // with those that left on one witness in so long
  int confirm_readings = 3;             // a withheld expiry settles by so many agreeing listings …
  std::chrono::hours confirm_over{48};  // … over so long
  // By listings that are whole but for a few: two so far apart and gone at its own address …
  std::chrono::hours lacked_apart{24};
  int lacked_readings = 3;                      // … or, without one, so many …
  std::chrono::hours lacked_over{72};           // … over so long; else it is withheld …
  std::chrono::hours lacked_withheld{14 * 24};  // … after so long
  int zero_readings = 3;                        // an empty board is believed after so many …
  std::chrono::hours zero_over{24};             // … over so long
};

// What a job's own address said in this reading.
enum class Witness : std::uint8_t {
  kNotAsked,
  kGone,     // the answer that the board's definition says means gone
  kStands,   // the job's page is there
  kUnclear,  // anything else proves nothing
};

// What the own addresses of jobs that the listing shows said: whether gone means gone on this
// board.
enum class Control : std::uint8_t {
  kNotAsked,
  kHeld,    // none of them is gone at its own address
  kFailed,  // one is, or the listing shows none to ask: no "gone" of this reading counts
};

enum class ExpiredReason : std::uint8_t {
  kGone,  // absent from a complete listing, and gone at its own address (or absent twice, without
          // one)
  kDelisted,        // absent for long, though its page stands
  kConfirmed,       // withheld, then agreed by listings enough
  kUnreachable,     // the board could not be read for long, and a person agreed
  kFiltered,        // a user's: the title filter now excludes it
  kCompanyRemoved,  // a user's: the company was removed
};

std::string_view Name(ExpiredReason reason);

}  // namespace rolecall
