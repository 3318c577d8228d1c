// Joins places. A place is all that stands between two borders: "York" is none of "New York".
#include "domain/places.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <set>

#include "domain/board_text.h"

namespace rolecall {
namespace {

void EachPlace(std::string_view places, const std::function<void(std::string_view)>& take) {
  while (!places.empty()) {
    const auto border = places.find("; ");
    take(places.substr(0, border));
    if (border == std::string_view::npos) return;
    places.remove_prefix(border + 2);
  }
}

}  // namespace

void JoinPlaces(std::string& places, std::string_view more) {
  if (more.empty() || places == more) return;
  if (places.empty()) {
    places = more;
    return;
  }
  EachPlace(more, [&](std::string_view place) {
    if (places.size() + place.size() + 2 > kLongestLine) return;
    const std::string all = "; " + places + "; ";
    if (all.find(fmt::format("; {}; ", place)) == std::string::npos)
      places += fmt::format("; {}", place);
  });
}

std::vector<std::string> PlacesIn(std::string_view places) {
  std::vector<std::string> all;
  EachPlace(places, [&](std::string_view place) { all.emplace_back(place); });
  return all;
}

std::string SortedPlaces(std::string_view places) {
  std::set<std::string_view> sorted;
  EachPlace(places, [&](std::string_view place) { sorted.insert(place); });
  return fmt::format("{}", fmt::join(sorted, "; "));
}

}  // namespace rolecall
