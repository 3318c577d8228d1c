// What the store holds of one board, as the rules see it: its jobs, and its complete readings.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "domain/expiry_policy.h"

namespace rolecall {

enum class ContentState : std::uint8_t {
  kReady,
  kOutstanding,  // pending, only marked, or failed fewer than three times
  kFailed,       // could not be had in three tries
};

// What the store holds of one job of a board.
struct KnownJob {
  std::int64_t id = 0;
  std::string external_id;
  std::string path;  // for the detail call, where the id is not enough; else empty
  std::string title;
  std::string location;
  std::string detail_location;  // as its own answer states it; empty where that states none
  std::string workplace;        // of its listing, else of its own answer
  std::string url;
  std::string digest;
  std::string facts_digest;    // of what the board states of it; empty where it states nothing
  std::string content_digest;  // of inline content; empty where the content needs a request
  std::optional<std::int64_t> missing_reading;  // the first complete reading without it
  std::optional<Timestamp> missing_since;
  bool missing_in_empty = false;  // that reading listed nobody: it proves nothing by itself
  std::optional<std::int64_t> lacked_reading;  // the first one whole but for a few without it
  std::optional<Timestamp> lacked_since;
  std::optional<Timestamp> withheld_since;
  bool withheld_by_guard = false;    // where it is: too many would have left with it
  bool approved = false;             // a person agreed to its expiry, should it still be absent
  std::optional<Timestamp> kept_at;  // a person kept it, since the board cannot be read
  std::int64_t changed_reading = 0;
  std::int64_t last_seen_reading = 0;  // set while it is not listed: missing, kept or expired
  ContentState content_state = ContentState::kReady;
  std::int64_t content_reading = 0;  // the reading in which its content last came or changed
  std::optional<Timestamp>
      content_checked_at;  // when its content was last asked for; none where it is inline
  bool expired = false;
  // Where it is expired.
  ExpiredReason expired_reason = ExpiredReason::kGone;
  std::optional<Timestamp> expired_at;
  int witnesses = 0;         // that it left on; 0: a person's word
  std::int64_t version = 0;  // of the board, when it was last written
};

// A complete reading of the past, or one that confirmed it.
struct PastReading {
  std::int64_t id = 0;
  Timestamp at;
  int listed = 0;
  bool withheld = false;  // doubtful: not in the baseline until it settles
  Control control = Control::kNotAsked;
  int asked = 0;              // own addresses of absent jobs
  int stood = 0;              // those of them that showed the job
  std::string unread_digest;  // of one whole but for a few; else empty
};

// What the store holds of one board.
struct KnownBoard {
  std::vector<KnownJob> jobs;                 // active and expired
  std::vector<PastReading> complete;          // newest first, as far back as the policy asks
  std::vector<PastReading> but_for;           // those whole but for a few, newest first
  std::int64_t whole_reading = 0;             // the last of both kinds
  std::optional<Timestamp> unreadable_since;  // the first of the failed readings that came last
};

// Whether the job is withheld because its board cannot be read: a reading that shows anything
// neither withholds during such a time nor leaves such a mark.
bool IsOffered(const KnownBoard& known, const KnownJob& job);

}  // namespace rolecall
