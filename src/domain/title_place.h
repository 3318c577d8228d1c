// Where a term matches a title, as the title is written.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace rolecall {

struct TitleTerm;

// A part of a title, in Unicode code points.
struct TitlePlace {
  std::size_t begin = 0;
  std::size_t length = 0;
  bool operator==(const TitlePlace&) const = default;
};

// The first place in the title, as it is written, that the term matches; nothing where it matches
// none. Whole characters, with the marks that stand on the last: of "Straße" the first five for
// "stras*".
std::optional<TitlePlace> PlaceOf(const TitleTerm& term, std::string_view title);

}  // namespace rolecall
