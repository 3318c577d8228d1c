// Several places in one text, joined by "; ".
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace rolecall {

// Adds the places that `more` names and `places` does not, behind those that are there, as far as a
// board may say so much of them (domain/board_text.h).
void JoinPlaces(std::string& places, std::string_view more);

// Each place of such a text.
std::vector<std::string> PlacesIn(std::string_view places);

// Each place once, in the order of their bytes.
std::string SortedPlaces(std::string_view places);

}  // namespace rolecall
