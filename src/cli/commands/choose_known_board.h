// The board of a company that a person names, as far as the directory knows it.
#pragma once

#include <stop_token>
#include <string>

#include "work/find_board.h"

namespace rolecall {

// That of a well-known company at once, read. What else is called so, or nearly, is a guess: the
// boards are shown, each with what it calls itself, and on a terminal a person chooses; elsewhere
// `take_first` takes the first. kInvalidInput with a sentence where nothing is chosen, or nothing
// of that name is known.
Result<FoundBoard> ChooseKnownBoard(const WorkTools& tools, const std::string& name,
                                    bool take_first, const std::stop_token& stop);

}  // namespace rolecall
