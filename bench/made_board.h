// A board made up in memory: what it lists at first, with a twentieth changed, with a twentieth
// gone.
#pragma once

#include <string>
#include <vector>

#include "boards/board.h"
#include "domain/listing.h"

namespace rolecall {

enum class Phase { kFirst, kUnchanged, kChanged, kGone };

// A job as the tables hold it, its digests made and its content turned into text beforehand.
struct MadeJob {
  ListedJob listed;
  std::string digest;
  std::string description;
  std::string content_digest;
  bool turns = false;   // listed under another title, with another text, from kChanged on
  bool leaves = false;  // not listed any more in kGone
};

class MadeBoard {
 public:
  // The same board for the same number of jobs. Contents are escaped HTML of 1 to 3 KB of text.
  MadeBoard(const BoardDefinition& definition, int jobs);

  int size() const { return static_cast<int>(before_.size()); }
  int turning() const { return turning_; }
  int leaving() const { return leaving_; }

  // All jobs as they stand in that phase, those among them that have left.
  const std::vector<MadeJob>& Jobs(Phase phase) const;

  // What the board answers in that phase, parsed.
  std::vector<ListedJob> Listed(Phase phase) const;

  double mean_text_bytes() const;

 private:
  std::vector<MadeJob> before_, after_;
  int turning_ = 0, leaving_ = 0;
};

}  // namespace rolecall
