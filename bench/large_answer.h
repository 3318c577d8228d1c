// A listing as a board of a kind answers it, made large of the small one that stands beside the
// kind's definition: its entries over and over, each under an id of its own.
#pragma once

#include <string>

#include "boards/board.h"

namespace rolecall {

struct LargeAnswer {
  BoardAddress board;
  std::string body;
  int entries = 0;
};

// Of that many bytes or a little more. Throws where the kind's folder, or its definition, holds
// what it cannot repeat.
LargeAnswer MakeLargeAnswer(const std::string& kind, std::size_t bytes);

}  // namespace rolecall
