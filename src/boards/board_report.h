// A board read once, for whoever writes a definition: what came of it, and what seems amiss.
#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "boards/board.h"

namespace rolecall {

struct BoardReport {
  BoardReading reading;
  std::string own_name;  // the company's, as the board says it; else empty

  // The first job of the listing, asked about as a run would.
  struct Sample {
    ListedJob job;
    JobContent content;
    std::string content_trouble;           // why its content could not be had; else empty
    std::optional<WitnessAnswer> witness;  // nothing where the kind has none
  };
  std::optional<Sample> sample;

  // Sentences, each naming the table of the definition that it is about.
  std::vector<std::string> doubts;
};

// The one error is kCancelled.
Result<BoardReport> ReportBoard(const BoardAddress& board, const ReadingLimits& limits,
                                Fetcher& fetcher, const std::stop_token& stop);

}  // namespace rolecall
