// One user following one made-up board: carries readings of it out as the program does, from a
// parsed listing in memory to committed rows.
#pragma once

#include <vector>

#include "bench/made_board.h"
#include "db/db.h"

namespace rolecall {

// Where the time begins.
enum class From {
  kListing,  // the listing as ReadBoard hands it over, its digest made
  kEntries,  // the entries that were parsed: their ids are still to be joined, the digest to be
             // made
};

class Follower {
 public:
  // Both outlive it. The board is followed without a title filter.
  Follower(Database& database, const BoardAddress& address);

  // Reads the board in that phase, and returns the milliseconds. Throws where the counts of the run
  // are not those of the phase.
  double Read(const MadeBoard& board, Phase phase, From from);

 private:
  Database& database_;
  const BoardAddress& address_;
  std::int64_t user_id_ = 0;
  Timestamp now_ = SystemNow();
};

}  // namespace rolecall
