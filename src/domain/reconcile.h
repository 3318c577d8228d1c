// A board's plan: what one listing changes of what is known, each job named once. Pure.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "domain/expiry.h"
#include "domain/listing.h"

namespace rolecall {

inline constexpr int kContentTries = 3;

enum class ContentState : std::uint8_t {
  kReady,
  kOutstanding,  // pending, only marked, or failed fewer than three times
  kFailed,       // could not be had in three tries
};

// What the store holds of one job of a board.
struct KnownJob {
  std::int64_t id = 0;
  std::string external_id;
  std::string title;
  std::string location;
  std::string url;
  std::string digest;
  std::string content_digest;  // of inline content; empty where the content needs a request
  std::optional<std::int64_t> missing_reading;  // the first complete reading without it
  std::optional<Timestamp> missing_since;
  bool missing_in_empty = false;  // that reading listed nobody: it proves nothing by itself
  std::optional<Timestamp> withheld_since;
  bool approved = false;             // a person agreed to its expiry, should it still be absent
  std::optional<Timestamp> kept_at;  // a person kept it, since the board cannot be read
  std::int64_t changed_reading = 0;
  std::int64_t last_seen_reading = 0;  // set while it is not listed: missing, kept or expired
  ContentState content_state = ContentState::kReady;
  std::int64_t content_reading = 0;  // the reading in which its content last came or changed
  std::optional<Timestamp>
      content_checked_at;  // when its content was last asked for; none where it is inline
  bool expired = false;
  ExpiredReason expired_reason = ExpiredReason::kGone;  // where it is expired
};

// A complete reading of the past.
struct PastReading {
  std::int64_t id = 0;
  Timestamp at;
  int listed = 0;
  bool withheld = false;  // doubtful: not in the baseline until it settles
};

// What the store holds of one board.
struct KnownBoard {
  std::vector<KnownJob> jobs;  // active and expired
  std::vector<PastReading>
      complete;               // complete readings, newest first, as far back as the policy asks
  std::vector<int> baseline;  // sizes of the last five complete readings that were not withheld
  std::optional<Timestamp> unreadable_since;  // the first of the failed readings that came last
};

enum class BoardFate : std::uint8_t {
  kNew,
  kChanged,
  kUnchanged,
  kReopened,
  kMissing,
  kExpired,
  kWithheld,
  kNotReconciled,  // known and open, and this reading says nothing of it
};

struct PlannedJob {
  BoardFate fate;
  std::int64_t id = 0;         // 0 for a new job until it is written
  std::size_t known = kNone;   // index into KnownBoard::jobs
  std::size_t listed = kNone;  // index into the listing's jobs
  bool content_changed =
      false;               // inline content that is new or differs; the job itself may be unchanged
  bool came_back = false;  // was missing, withheld or kept, and is listed again
  bool missing_anew = false;  // the first listing of some jobs that lacks it: missing since now,
                              // whatever empty ones said before
  ExpiredReason reason = ExpiredReason::kGone;  // where fate is kExpired
  bool withheld_anew = false;                   // where fate is kWithheld: from this reading on
  bool withdrawn = false;  // was withheld while its board could not be read, which it now can
  Witness witness = Witness::kNotAsked;  // where it is absent
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);
};

struct BoardPlan {
  std::vector<PlannedJob>
      jobs;  // each job of the board once; those expired before and still absent are not named
  bool complete = false;
  bool doubtful = false;  // the guard holds: this listing stays out of the baseline
  bool settles = false;   // what was withheld before is settled: those readings enter the baseline
  std::string trouble;    // why nothing could be reconciled, or what is doubted; else empty
  int Count(BoardFate fate) const;
  bool ChangesNothing() const;  // every job is unchanged, and none came back
};

// External ids of the known jobs that a complete listing does not show, in the order in which their
// own addresses are to be asked: newly absent ones first, then the others in an order that turns
// from reading to reading. Empty for a listing that is not complete, for an empty one that is not
// believed yet, and where the policy has no second witness. At most `policy.max_checks`.
std::vector<std::string> Absentees(const KnownBoard& known, const Listing& listing,
                                   const ExpiryPolicy& policy, Timestamp now);

// `witnesses`: what the own addresses of the Absentees said.
BoardPlan Reconcile(const KnownBoard& known, const Listing& listing,
                    const std::map<std::string, Witness>& witnesses, const ExpiryPolicy& policy,
                    Timestamp now);

}  // namespace rolecall
