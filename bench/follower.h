// One user following one made-up board: carries readings of it out as the program does, from a
// parsed listing in memory to committed rows.
#pragma once

#include <vector>

#include "bench/made_board.h"
#include "store/db.h"

namespace rolecall {

// How a reading of the board comes in.
enum class Answer {
  kListing,      // parsed; its ids are joined and its digest is made within the time
  kNotModified,  // HTTP 304
};

class Follower {
 public:
  // Both outlive it. The board is followed without a title filter.
  Follower(Database& database, const BoardAddress& address);

  // Reads the board in that phase, and returns the milliseconds. Throws where the counts of the run
  // are not those of the phase.
  double Read(const MadeBoard& board, Phase phase, Answer answer);

 private:
  Database& database_;
  const BoardAddress& address_;
  std::int64_t user_id_ = 0;
  Timestamp now_ = SystemNow();
};

}  // namespace rolecall
