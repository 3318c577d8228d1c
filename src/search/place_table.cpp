// Reads each text once, however many jobs have it.
#include "search/place_table.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "base/text.h"
#include "domain/title_term.h"

namespace rolecall {
namespace {

// Of two spellings of a name the one to show: "Berlin" before "BERLIN" and "berlin", "Zürich"
// before "Zurich".
bool IsWrittenBetter(const std::string& name, const std::string& than) {
  const auto rank = [](const std::string& text) {
    const bool has_lower = std::ranges::any_of(text, [](char c) { return c >= 'a' && c <= 'z'; });
    const bool has_upper = std::ranges::any_of(text, [](char c) { return c >= 'A' && c <= 'Z'; });
    return std::tuple(has_lower && has_upper, has_upper);
  };
  return std::pair(rank(name), name) > std::pair(rank(than), than);
}

}  // namespace

std::uint32_t PlaceTable::Take(const StatedPlaces& stated) {
  std::string key(stated.places);
  // A sign that no text has.
  if (stated.workplace == "remote") key += '\n';
  const auto [at, is_new] =
      at_text_.try_emplace(std::move(key), static_cast<std::uint32_t>(texts_.size()));
  if (!is_new) return at->second;
  PlaceText text{.folded = PlainTitle(OneLine(stated.places)), .is_remote = IsRemote(stated)};
  for (std::string& name : PlaceNamesIn(stated.places)) {
    const std::uint32_t taken = TakeName(std::move(name));
    if (std::ranges::find(text.names, taken) == text.names.end()) text.names.push_back(taken);
  }
  texts_.push_back(std::move(text));
  return at->second;
}

std::uint32_t PlaceTable::TakeName(std::string written) {
  std::string folded = PlainTitle(written);
  const auto [at, is_new] = at_name_.try_emplace(folded, static_cast<std::uint32_t>(names_.size()));
  if (is_new)
    names_.push_back({.written = std::move(written), .folded = std::move(folded)});
  else if (PlaceName& held = names_[at->second]; IsWrittenBetter(written, held.written))
    held.written = std::move(written);
  return at->second;
}

}  // namespace rolecall
