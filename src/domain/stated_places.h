// What a board's words of the places of a job say: of which places each, by which names, and
// whether one works from anywhere.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace rolecall {

// Where one works, as a board states it.
struct StatedPlaces {
  std::string_view places;     // joined by "; ", as domain/places has them
  std::string_view workplace;  // remote, hybrid, on_site, or empty
};

// Whether the text says of a place that one works from anywhere: "Remote - US", "Home Office".
// "Hybrid remote" is none, and "no remote".
bool SaysRemote(std::string_view place);

// Whether the workplace says so, or one of the places.
bool IsRemote(const StatedPlaces& stated);

// Each place of a text on one line, where a board joined some by itself, too: "Berlin / Zurich",
// "Berlin or remote", "Berlin +2 more".
std::vector<std::string> EachPlaceOf(std::string line);

// How many places there are, or that they are named elsewhere: "3 Locations", "2 more", "Various".
// `folded` as PlainTitle makes it.
bool NamesNoPlace(std::string_view folded);

// The names that commas part in each place, as they are written and each as often as it stands
// there: Zurich, Switzerland and Bern of "Zurich, Switzerland; Remote; Hybrid, Bern". What says how
// one works, or names no place, is none.
std::vector<std::string> PlaceNamesIn(std::string_view places);

}  // namespace rolecall
