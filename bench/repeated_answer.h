// A listing as a board of a kind answers it, made of the small one that stands beside the kind's
// definition: its entries over and over, each under an id of its own.
#pragma once

#include <cstddef>
#include <string>

#include "boards/board.h"

namespace rolecall {

struct RepeatedAnswer {
  BoardAddress board;  // the one whose answer the small listing is
  std::string body;
  int entries = 0;
};

// Of that many bytes or a little more. Throws where the kind's folder, or its definition, holds
// what cannot be repeated.
RepeatedAnswer RepeatToSize(const std::string& kind, std::size_t bytes);

// Of so many entries, or one or two more.
RepeatedAnswer RepeatTimes(const std::string& kind, int entries);

}  // namespace rolecall
